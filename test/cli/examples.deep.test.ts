import { globSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LOCAL_KEYS, type LocalSystem } from '../../local/system.ts';
import { cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { sharedDoorBundle } from '../helpers/shared-bundle.ts';
import { payloadWith } from '../helpers/webhooks.ts';
import { endingCommandNames } from '../infra/access/every-command.ts';

/** What is not here, and how a command says so: what only a stack has, and the letter of the examples. */
const NOT_HERE = [
  'no dead letter 7d5b5f0a',
  'only a deployed function counts heartbeats',
  'a queue alone does not say which function',
  'the stack has no queue of what a topic could not deliver',
];

let system: LocalSystem;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  system = await startTestSystem({ webhooks: { bundle: sharedDoorBundle() } });
  Object.assign(process.env, system.environment, system.functionEnvironment);
  system.start();
  folder = await temporaryFolder();
  const event = JSON.stringify({ guid: guid(1), title: 'a' });
  for (const name of ['events.ndjson', 'all-images.ndjson']) await folder.write(name, event);
  await folder.write('export', `[${event}]`);
  await folder.write('skus.txt', 'AP1556P79511');
  await folder.write('keys.json', JSON.stringify(LOCAL_KEYS));
  await folder.write('product.json', payloadWith('shopify', {}));
  await folder.write('secret.txt', system.environment.WEBHOOK_SECRET ?? '');
  for (const name of ['titles.csv', 'catalogue.csv']) {
    await folder.write(name, `guid,title\n${guid(1)},a\n`);
  }
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** The words of a line, as a shell has them. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map((word) => word.replaceAll(/['"]/g, ''));
}

/** The lines in the help of a command. */
async function examplesOf(name: string): Promise<string[]> {
  const { stdout } = await cli([...name.split(' '), '--help']);
  return stdout.match(/(?<=^ {2}finerworks-image-updates ).*$/gm) ?? [];
}

/** What runs here in the place of a line: with the files, the address and the answers of this test. */
function runnable(line: string): { argv: string[]; input: string } {
  const [command = '', file] = line.replace(/ \| .*/, '').split(' < ');
  const argv = wordsOf(
    command.replace(/ --stack \S+/, '').replace(/https:\S+/, system.standIn.url),
  );
  const at = (word: string) =>
    /^[\w-]+\.(csv|ndjson|txt|json)$/.test(word) ? folder.at(word) : word;
  const asks = / --write |^dlq (?:discard|redrive --from) /.test(line) && !line.includes('--yes');
  const answers = asks ? ['--yes'] : [];
  const quickly = line.startsWith('probe') ? ['--calls-per-second', '1000'] : [];
  const once = line.startsWith('tail') ? ['--for', '1'] : [];
  const saved = line.includes('--save') ? [folder.at('probe.json')] : [];
  return {
    argv: [...argv.map(at), ...saved, ...answers, ...quickly, ...once],
    input: file === undefined ? '' : `[{"guid":"${guid(1)}","title":"a"}]`,
  };
}

test.each(endingCommandNames())('the examples of %s can be run as they stand', async (name) => {
  const lines = await examplesOf(name);
  expect(lines).not.toEqual([]);
  const guids = lines.flatMap((line) => line.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []);
  system.standIn.images.add(guids, { library: 'inventory', title: 'a', description: 'b' });
  for (const line of lines) {
    const { argv, input } = runnable(line);
    const { code, stderr } = await cli(argv, input);
    // What is found of the images of the examples, 0 or 1, is another matter.
    const isRun = code === 0 || code === 1 || NOT_HERE.some((said) => stderr.includes(said));
    expect({ line, isRun, stderr: isRun || stderr }).toEqual({ line, isRun: true, stderr: true });
    // Each line is the first that somebody types.
    for (const file of globSync('*.journal', { cwd: folder.path })) rmSync(folder.at(file));
  }
});
