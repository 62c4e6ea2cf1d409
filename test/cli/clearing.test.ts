import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { cli, cliAtTerminal, cliJson, examplesOf, pointAt } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { guid } from '../helpers/records.ts';

let queues: LocalQueues;
beforeEach(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
  pointAt(queues);
});
afterEach(() => queues.close());

/** A title and two descriptions are cleared; what is absent, null, or unquoted in CSV is left alone. */
const [ONE, TWO, THREE] = [guid(1), guid(2), guid(3)];
const FILES = [
  {
    name: 'rows.csv',
    content: `guid,title,description\n${ONE},a,""\n${TWO},"",""\n${THREE},b,\n`,
  },
  {
    name: 'events.ndjson',
    content: [
      { guid: ONE, title: 'a', description: '' },
      { images: [{ guid: TWO, title: '', description: '' }] },
      { guid: THREE, title: 'b', description: null },
    ]
      .map((event) => JSON.stringify(event))
      .join('\n'),
  },
  {
    name: 'events.json',
    content: JSON.stringify([
      {
        specversion: '1.0',
        id: '1',
        source: '/',
        data: { guid: ONE, title: 'a', description: '' },
      },
      { guid: TWO, title: '', description: '' },
      { guid: THREE, title: 'b' },
    ]),
  },
] as const;

describe.each(FILES)('$name, which clears texts,', ({ name, content }) => {
  test('is valid, and validate says what it clears', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write(name, content);
    expect(await cli(['validate', file])).toMatchObject({
      code: 0,
      stdout: `${file}: 3 events, all valid; clears 1 title and 2 descriptions\n`,
    });
    const { json } = await cliJson(['validate', file]);
    expect(json.files).toMatchObject([{ cleared: { titles: 1, descriptions: 2 } }]);
  });

  test('is not sent where nobody can be asked: 2, and the option', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write(name, content);
    const { code, stderr } = await cli(['send', file]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error: ${file} clears 1 title and 2 descriptions with empty texts, and there is no terminal to ask at: add --allow-clearing where that is meant; nothing was sent\n`,
    );
    expect(await queues.depth()).toBe(0);
  });

  test('is sent with --allow-clearing', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write(name, content);
    const { code, json } = await cliJson(['send', '--allow-clearing', file]);
    expect([code, json.files[0].sent]).toEqual([0, 3]);
    expect(await queues.depth()).toBe(3);
  });
});

test.each([
  ['y', 0, 3],
  ['n', 1, 0],
])('at a terminal send asks, and %s is the answer', async (key, code, sent) => {
  await using folder = await temporaryFolder();
  const file = await folder.write(FILES[0].name, FILES[0].content);
  const asked = await cliAtTerminal(['send', file], key);
  expect(asked.code).toBe(code);
  // However the terminal breaks the line.
  const question = asked.stderr.replaceAll(/[\s│]+/g, ' ');
  expect(question).toContain('clears 1 title and 2 descriptions. Send it?');
  expect(await queues.depth()).toBe(sent);
});

test('a file that clears nothing is sent without a question', async () => {
  await using folder = await temporaryFolder();
  const file = await folder.write('rows.csv', `guid,title,description\n${ONE},a,\n`);
  expect((await cli(['send', file])).code).toBe(0);
});

test('send says what validate says of a file, and sends it', async () => {
  await using folder = await temporaryFolder();
  const file = await folder.write('rows.csv', `sku;guid;title\nx;${ONE};NULL\n`);
  const { code, stdout } = await cli(['send', file]);
  expect(code).toBe(0);
  expect(stdout.replaceAll(file, 'FILE')).toBe(
    [
      'FILE: cells are separated by semicolons',
      'FILE: columns that are ignored: "sku"',
      'FILE: warning: texts that read as no value: "NULL" (1); where none was meant, leave the cell or field out',
      'FILE: 1 event sent',
      '',
    ].join('\n'),
  );
});

test('the examples of validate and send run as they stand', async () => {
  await using folder = await temporaryFolder();
  const event = JSON.stringify({ guid: ONE, title: 'a', description: 'b' });
  const header = 'guid,title,description,account_key,time';
  await folder.write('titles.csv', `${header}\n${ONE},a,"",,2026-11-23T10:00:00Z\n`);
  await folder.write('events.ndjson', event);
  await folder.write('all-images.ndjson', event);
  for (const argv of await examplesOf('validate', folder.at)) {
    expect([argv, (await cli(argv, `[${event}]`)).code]).toEqual([argv, 0]);
  }
  // Only a stack that is deployed has outputs; what asks FinerWorks is tested where there is one.
  const elsewhere = ['--stack', '--preview', '--changed-only'];
  const sending = (await examplesOf('send', folder.at)).filter(
    (argv) => !elsewhere.some((option) => argv.includes(option)),
  );
  for (const argv of sending) expect([argv, (await cli(argv)).code]).toEqual([argv, 0]);
  expect(await queues.depth()).toBe(sending.length);
});
