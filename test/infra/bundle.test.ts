import { execFileSync } from 'node:child_process';
import { mkdtempDisposableSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { bundledFiles, bundleFunction, DOOR_ENTRY_POINT, ENTRY_FILE } from '../../infra/bundle.ts';

/**
 * Minified bytes that every cold start reads. What is added here is paid by each new sandbox
 * (docs/benchmarks.md, cold start): raise it only for what every batch needs.
 */
const BUDGET = 450_000;
/** Of those, the bytes that are read before the secret is asked for. */
const BUDGET_AT_START = 238_000;

/** A door checks HTML and events before it answers; its senders wait 5 s for a cold one. */
const DOOR_BUDGET = 600_000;

/** Every file of a new bundle with its content. */
function bundled(): Map<string, string> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'bundle-test-'));
  bundleFunction(folder.path);
  const names = readdirSync(folder.path).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder.path, name), 'utf8')]));
}

const SourceMap = z.object({ sources: z.array(z.string()) });
const sourcesOf = (files: ReadonlyMap<string, string>, name: string) =>
  SourceMap.parse(JSON.parse(files.get(`${name}.map`) ?? '')).sources;

const files = bundled();

test('the bundle is modules and their source maps, and nothing else', () => {
  const modules = [...files.keys()].filter((name) => name.endsWith('.mjs'));
  expect(modules).toContain(ENTRY_FILE);
  expect([...files.keys()].sort()).toEqual(modules.flatMap((name) => [name, `${name}.map`]).sort());
  for (const name of modules) {
    expect(files.get(name)?.trimEnd().endsWith(`//# sourceMappingURL=${name}.map`)).toBe(true);
  }
});

test('the bundle is the same each time, and names its sources as the repository does', () => {
  expect(bundled()).toEqual(files);
  expect(sourcesOf(files, ENTRY_FILE)).toContain('lambda/handler.ts');
  const modules = [...files.keys()].filter((name) => name.endsWith('.mjs'));
  for (const source of modules.flatMap((name) => sourcesOf(files, name))) {
    expect(source).toMatch(/^(lambda|node_modules)\//);
  }
});

test('what a door reads at its start stays within its budget too', () => {
  const { atStart, ahead } = bundledFiles(DOOR_ENTRY_POINT);
  const bytes = [...atStart.values(), ...ahead.values()].reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThanOrEqual(DOOR_BUDGET);
});

describe('what a cold start reads', () => {
  const { atStart, ahead, later } = bundledFiles();
  const bytesOf = (files: ReadonlyMap<string, number>) =>
    [...files.values()].reduce((sum, size) => sum + size, 0);

  test('stays within its budget', () => {
    expect(bytesOf(atStart)).toBeLessThanOrEqual(BUDGET_AT_START);
    expect(bytesOf(atStart) + bytesOf(ahead)).toBeLessThanOrEqual(BUDGET);
    expect([...atStart.keys(), ...ahead.keys(), ...later.keys()].sort()).toEqual(
      [...files.keys()].filter((name) => name.endsWith('.mjs')).sort(),
    );
  });

  test('does not make Node load undici, which takes as long as a third of it', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'bundle-test-'));
    bundleFunction(folder.path);
    const urls = [...atStart.keys(), ...ahead.keys()].map((name) =>
      String(pathToFileURL(join(folder.path, name))),
    );
    const script = `for (const url of ${JSON.stringify(urls)}) await import(url);
      console.log(process.moduleLoadList.filter((name) => /undici|https/.test(name)).join());
      process.exit();`;
    const environment = { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    const node = ['--input-type=module', '--eval', script];
    const loaded = execFileSync(process.execPath, node, { env: environment, encoding: 'utf8' });
    expect(loaded.trim()).toBe('NativeModule https');
  });

  test.each(['/zod/', '@aws-sdk/client-dynamodb/', 'lambda/pipeline.ts'])(
    'has %s only while the secret is on its way',
    (part) => {
      const has = (names: ReadonlyMap<string, number>) =>
        [...names.keys()].some((name) => sourcesOf(files, name).some((one) => one.includes(part)));
      expect([has(atStart), has(ahead), has(later)]).toEqual([false, true, false]);
    },
  );

  test.each([
    ['client of SQS', '@aws-sdk/client-sqs/', 'failures need'],
    ['client of EventBridge', '@aws-sdk/client-eventbridge/', 'outcomes need'],
    ['client of SNS', '@aws-sdk/client-sns/', 'outcomes need'],
    ['code that tells outcomes', 'lambda/outcomes/tell-outcomes.ts', 'outcomes need'],
  ])('has no %s in it (%s), which only %s', (_what, part) => {
    const has = (source: string) => source.includes(part);
    const read = [...atStart.keys(), ...ahead.keys()];
    expect(read.flatMap((name) => sourcesOf(files, name)).some(has)).toBe(false);
    expect([...later.keys()].flatMap((name) => sourcesOf(files, name)).some(has)).toBe(true);
  });
});
