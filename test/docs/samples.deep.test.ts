import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventReader } from '../../lambda/contract/image-event.ts';
import type { LocalSystem } from '../../local/system.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { sharedDoorBundle } from '../helpers/shared-bundle.ts';

const run = promisify(execFile);
const pathOf = (file: string) =>
  fileURLToPath(new URL(`../../docs/contract/samples/${file}`, import.meta.url));

/** How each sample is run, and how to find out whether it can be. */
const SAMPLES = [
  { file: 'send.sh', program: 'sh', probe: ['-c', 'aws --version'] },
  { file: 'send.mjs', program: 'node', probe: ['--version'] },
  { file: 'send.py', program: 'python3', probe: ['-c', 'import boto3'] },
  { file: 'send.rb', program: 'ruby', probe: ['-e', "require 'aws-sdk-sqs'"] },
  { file: 'send.php', program: 'php', probe: ['-r', "require 'vendor/autoload.php';"] },
] as const;

/** The same of those that send a signed webhook, and need nothing but their language. */
const WEBHOOK_SAMPLES = [
  { file: 'webhook.py', program: 'python3', probe: ['--version'] },
  { file: 'webhook.php', program: 'php', probe: ['--version'] },
] as const;

const isAtHand = ({ program, probe }: (typeof SAMPLES | typeof WEBHOOK_SAMPLES)[number]) =>
  spawnSync(program, probe, { stdio: 'ignore' }).status === 0;
const atHand = SAMPLES.filter(isAtHand);
const webhooksAtHand = WEBHOOK_SAMPLES.filter(isAtHand);
const missing = [
  ...SAMPLES.filter((sample) => !atHand.includes(sample)),
  ...WEBHOOK_SAMPLES.filter((sample) => !webhooksAtHand.includes(sample)),
];
if (missing.length > 0) {
  const files = missing.map(({ file }) => file).join(', ');
  process.stderr.write(`\nSKIPPED: no runtime or SDK here for the samples ${files}, Send.cs.\n\n`);
}

const event = JSON.parse(readFileSync(pathOf('event.json'), 'utf8'));

describe('the samples for producers', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    system = await startTestSystem({
      ...{ batchSize: 1, batchingWindowSeconds: 0 },
      webhooks: { bundle: sharedDoorBundle() },
    });
    system.standIn.images.add([event.data.guid]);
    system.start();
  });
  afterAll(async () => system[Symbol.asyncDispose]());

  test.each(atHand)('$file sends the event to FinerWorks', async ({ file, program }) => {
    const { environment, queues, tally } = system;
    const settings = { ...environment, AWS_DEFAULT_REGION: environment.AWS_REGION };
    const { stdout } = await run(program, [pathOf(file)], {
      env: { ...process.env, ...settings, QUEUE_URL: queues.queueUrl },
    });
    const [id = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(stdout) ?? [];
    await until(() => tally.deletedIds.has(id));
    expect(system.standIn.images.get(event.data.guid)).toMatchObject({
      title: event.data.title,
      description: event.data.description,
    });
    expect(await queues.deadLetters()).toEqual([]);
  });

  test.each(webhooksAtHand)('$file sends it without AWS', async ({ file, program }) => {
    const { WEBHOOKS_URL, WEBHOOK_SECRET } = system.environment;
    system.standIn.images.add([event.data.guid]);
    const before = system.tally.deletedIds.size;
    const { stdout } = await run(program, [pathOf(file)], {
      env: {
        PATH: process.env.PATH,
        WEBHOOK_URL: `${WEBHOOKS_URL}/standard-webhooks`,
        WEBHOOK_SECRET,
      },
    });
    expect(stdout).toContain('200');
    await until(() => system.tally.deletedIds.size > before);
    expect(system.standIn.images.get(event.data.guid)).toMatchObject({ title: event.data.title });
  });
});

test('the event of the samples is one that the function takes', () => {
  expect(eventReader({})(JSON.stringify(event)).images).toEqual([event.data]);
});
