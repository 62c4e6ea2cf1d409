import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('../../infra/app.ts', import.meta.url));

/** Runs the app as the CDK command line does, with nothing of this machine's AWS settings. */
export function runApp(context: Record<string, unknown>, folder: string) {
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

/** Gives the app a folder, which goes with what it wrote there. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'app-test-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
