import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { cliAtTerminal, pointAt } from '../helpers/cli.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { guid } from '../helpers/records.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

/** Every `dlq` command line of the runbook, in code and in text. */
const COMMANDS = [
  ...new Set(
    [
      ...readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
        .replaceAll(/\s*\n\s+(?=[^`\n]*`)/g, ' ')
        .matchAll(/(?:npm run cli -- |`)(dlq (?:list|show|export|redrive|discard)[^`\n#;]*)/g),
    ].map(([, command = '']) => command.trim()),
  ),
]
  // Names of commands, and what needs a stack.
  .filter((command) => !/^dlq (?:show|export|redrive|discard)$|--from/.test(command));

let queues: LocalQueues;
beforeEach(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
  pointAt(queues);
  for (const reason of ['Refused', 'WouldRemoveInventory', 'NotJson']) {
    await putDeadLetter(queues, { body: { guid: guid(1), title: 'a' }, reason });
  }
});
afterEach(() => queues.close());

test('there are such commands', () => {
  expect(COMMANDS.length).toBeGreaterThan(10);
});

test.each(COMMANDS)('works as the runbook writes it: %s', async (command) => {
  await using folder = await temporaryFolder();
  const [letter] = await storedMessages(queues, queues.deadLetterQueueUrl);
  const id = letter?.messageId ?? '';
  const argv = (command.match(/(?:'[^']*'|\S)+/g) ?? []).map((word) =>
    word
      .replaceAll("'", '')
      .replace(/^ID$/, id.slice(0, 8))
      .replace(/^FILE$/, folder.at('letters.ndjson'))
      .replace(/^TIME$/, '12h')
      .replace(/^SOURCE$/, 'shop-7'),
  );
  const waiting = argv.includes('redrive') ? [...argv, '--wait', '0'] : argv;
  const { code, stderr } = await cliAtTerminal(waiting, 'n');
  expect([code, stderr]).not.toEqual([2, expect.anything()]);
});
