// @ts-nocheck
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { Journal } from '../../../cli/sending/journal.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const TASK = { sha256: 'abc', events: 10, queueUrl: 'http://localhost/q', force: false };
const BEGIN = { run: '00000000-0000-4000-8000-000000000001', startedAt: 1 };

const sentOf = (journal: Journal) =>
  Array.from({ length: TASK.events }, (_, at) => at).filter((at) => journal.isSent(at));

test('remembers what was sent, and the run and time of the first opening', async () => {
  await using folder = await temporaryFolder();
  const first = await Journal.open(folder.at('j'), TASK, BEGIN);
  await first.note([3, 1, 2, 7]);
  await first.close();
  const again = await Journal.open(folder.at('j'), TASK, { ...BEGIN, startedAt: 2 });
  expect(sentOf(again)).toEqual([1, 2, 3, 7]);
  expect(again.sent).toBe(4);
  expect(again.header).toMatchObject(BEGIN);
  await again.close();
});

test('takes half a line, which a kill left, for nothing, and writes on after whole ones', async () => {
  await using folder = await temporaryFolder();
  const path = folder.at('j');
  const first = await Journal.open(path, TASK, BEGIN);
  await first.note([0]);
  await first.close();
  await appendFile(path, '{"sent":[[1,');
  const second = await Journal.open(path, TASK, BEGIN);
  expect(sentOf(second)).toEqual([0]);
  await second.note([5]);
  await second.close();
  const third = await Journal.open(path, TASK, BEGIN);
  expect(sentOf(third)).toEqual([0, 5]);
  await third.close();
});

test('begins anew where a kill left not even the first line', async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write('j', '{"journal":1,"sha');
  const journal = await Journal.open(path, TASK, BEGIN);
  expect(journal.sent).toBe(0);
  await journal.close();
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ journal: 1, ...TASK, ...BEGIN });
});

test.each([
  ['the file has changed', { sha256: 'other' }, /the file has changed/],
  [
    'the queue is another',
    { queueUrl: 'http://localhost/other' },
    /begun for http:\/\/localhost\/q/,
  ],
  ['--force is new', { force: true }, /without --force/],
])('is of no use where %s', async (_name, change, message) => {
  await using folder = await temporaryFolder();
  await (await Journal.open(folder.at('j'), TASK, BEGIN)).close();
  await expect(Journal.open(folder.at('j'), { ...TASK, ...change }, BEGIN)).rejects.toThrow(
    message,
  );
});

test.each([
  ['[[0,9007199254740991]]'],
  ['[[0,10]]'],
  ['[[3,1]]'],
  ['[[-1,1]]'],
  ['[[0,0.5]]'],
  ['[[0]]'],
  ['0'],
])('is of no use with a line that nobody wrote: %s', async (ranges) => {
  await using folder = await temporaryFolder();
  const path = folder.at('j');
  await (await Journal.open(path, TASK, BEGIN)).close();
  await appendFile(path, `{"sent":${ranges}}\n`);
  await expect(Journal.open(path, TASK, BEGIN)).rejects.toThrow(
    `${path}:2: is no line of a journal of 10 events`,
  );
});

test('is of no use with a count of events that the file does not have', async () => {
  await using folder = await temporaryFolder();
  const header = { journal: 1, ...TASK, ...BEGIN, events: Number.MAX_SAFE_INTEGER };
  const path = await folder.write('j', `${JSON.stringify(header)}\n`);
  await expect(Journal.open(path, TASK, BEGIN)).rejects.toThrow(
    /begun for 9007199254740991 events/,
  );
});

test('leaves a file alone that is no journal', async () => {
  await using folder = await temporaryFolder();
  const path = folder.at('j');
  await writeFile(path, 'my notes\n');
  await expect(Journal.open(path, TASK, BEGIN)).rejects.toThrow(/is no journal/);
  expect(await readFile(path, 'utf8')).toBe('my notes\n');
});
