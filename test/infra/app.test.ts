import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const APP = fileURLToPath(new URL('../../infra/app.ts', import.meta.url));

/** Runs the app as the CDK command line does, with nothing of this machine's AWS settings. */
function runApp(context: Record<string, unknown>, folder: string) {
  return spawnSync(process.execPath, [APP], {
    encoding: 'utf8',
    timeout: 100_000,
    env: {
      PATH: process.env.PATH,
      TMPDIR: folder,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ '@aws-cdk/aws-iam:minimizePolicies': true, ...context }),
    },
  });
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'app-test-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('makes the stack with nothing to complain of', () => {
  inFolder((folder) => {
    const { status, stdout, stderr } = runApp({}, folder);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^Bundling asset \S+\n$/);
    const template = readFileSync(join(folder, 'FinerWorksImageUpdates.template.json'), 'utf8');
    expect(template).toContain('"Handler": "index.handler"');
    const folders = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());
    expect(folders.map(({ name }) => name)).toEqual([expect.stringMatching(/^asset\./)]);
  });
});

test('says what is wrong with the settings, a line each and no stack trace, and fails', () => {
  inFolder((folder) => {
    const { status, stderr } = runApp({ maxConcurrency: '1', batchsize: '5' }, folder);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^-c maxConcurrency: /),
      expect.stringMatching(/^-c batchsize: is no setting; did you mean batchSize\?$/),
    ]);
  });
});
