import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempDisposableSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { bundleFunction } from '../../infra/bundle.ts';
import { readJson } from '../helpers/json-file.ts';
import { testEveryPackage } from './every-package.ts';
import { type InstalledPackage, installPackage, ROOT } from './installed-package.ts';
import { typeCheck } from './type-check.ts';

const EXAMPLE = join(ROOT, 'examples/construct/app.ts');

let installed: InstalledPackage;
beforeAll(() => {
  installed = installPackage('infra');
});
afterAll(() => installed[Symbol.dispose]());

testEveryPackage('infra', 'dist/infra/image-updates.js', () => installed);

test('an app of somebody else synthesises with it and its own queue, and needs no bundler', () => {
  const { folder } = installed;
  cpSync(EXAMPLE, join(folder, 'app.ts'));
  const { stderr, status } = spawnSync(process.execPath, ['app.ts'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TMPDIR: folder, CDK_OUTDIR: join(folder, 'cdk.out') },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const template = Template.fromJSON(readJson(join(folder, 'cdk.out/Shop.template.json')));
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ImageEvents'), 'Arn'] },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 60,
    Handler: 'index.handler',
  });
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'on-call@example.com' });
  expect(readdirSync(join(folder, 'node_modules'))).not.toContain('esbuild');
});

test('it holds the very bundle that this repository deploys', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'construct-test-'));
  bundleFunction(folder.path);
  expect(filesIn(join(installed.path, 'dist/function'))).toEqual(filesIn(folder.path));
});

test('its types are checked against those of the package, without a look at the sources', () => {
  const app = readFileSync(EXAMPLE, 'utf8');
  const wrong = app.replace('callsPerSecond: 2', "callsPerSecond: 'fast'");
  expect(typeCheck(installed.folder, 'typed.ts', app)).toBe('');
  expect(typeCheck(installed.folder, 'typed.ts', wrong)).toMatch(
    /^typed\.ts\(\d+,\d+\): error TS2322/,
  );
});

/** Every file of a folder with its content. */
function filesIn(folder: string): Map<string, string> {
  const names = readdirSync(folder).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
