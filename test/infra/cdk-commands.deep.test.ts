import { execFile } from 'node:child_process';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../helpers/folder.ts';
import { hasCloudEmulator, startCloudEmulator } from './cloud-emulator.ts';
import { bootstrap, deploy, destroy, difference } from './deployment.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');

/**
 * Runs the real command line of the CDK as README says it, on a machine without credentials. What it makes
 * goes into the folder.
 */
async function cdk(folder: string, ...parts: string[]) {
  return run(process.execPath, [CDK, ...parts, '--output', join(folder, 'cdk.out')], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: folder,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
  });
}

test('the stack is listed without a flag, and nothing is bundled for that', async () => {
  await using folder = await temporaryFolder();
  const { stdout, stderr } = await cdk(folder.path, 'ls');
  expect(stdout.trim()).toBe('FinerWorksImageUpdates');
  expect(stderr).not.toMatch(/Bundling/);
});

test('it is synthesised without a flag, twice into one folder, and nothing else is left', async () => {
  await using folder = await temporaryFolder();
  await cdk(folder.path, 'synth', '--quiet');
  await cdk(folder.path, 'synth', '--quiet');
  const entries = await readdir(join(folder.path, 'cdk.out'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders).toEqual([expect.stringMatching(/^asset\./)]);
  // Beside it is only Node's own cache.
  const beside = (await readdir(folder.path)).filter((name) => !/^(\.|node-)/.test(name));
  expect(beside).toEqual(['cdk.out']);
});

test('a difference shows settings that a deployment would lose, and none that the file keeps', async () => {
  await using folder = await temporaryFolder();
  const kept = await folder.write('live.json', '{"maxConcurrency": 4}');
  const file = ['-c', `settingsFile=${kept}`];
  await cdk(folder.path, 'synth', '--quiet', ...file, '-c', 'callsPerSecond=2');
  const deployed = folder.at('deployed.json');
  await cp(folder.at('cdk.out/FinerWorksImageUpdates.template.json'), deployed);
  const { stdout, stderr } = await cdk(folder.path, 'diff', '--template', deployed, ...file);
  expect(`${stdout}${stderr}`).toContain(
    'Metadata Settings: {"callsPerSecond":2,"maxConcurrency":4} to {"maxConcurrency":4}',
  );
});

const DEPLOYED =
  'bootstrap, deploy, diff and destroy need no flag, and diff shows settings that were given once';

if (hasCloudEmulator()) {
  test(DEPLOYED, everyCommand, 300_000);
} else {
  test.skip(`${DEPLOYED} (SKIPPED: no moto_server on the PATH)`, everyCommand);
}

async function everyCommand(): Promise<void> {
  await using folder = await temporaryFolder();
  await using emulator = await startCloudEmulator();
  await bootstrap(emulator, folder.path, {});
  await deploy(emulator, folder.path, { retryHours: '24' });
  expect(await difference(emulator, folder.path, {})).toContain(
    'Metadata Settings: {"retryHours":24} to {}',
  );
  await destroy(emulator, folder.path, {});
}
