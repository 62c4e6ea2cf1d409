import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../../local/aws/queues.ts';
import { environmentOf } from '../../helpers/cli.ts';
import { startTestConsole } from '../../helpers/console.ts';
import { openSession, ownHeaders, send } from '../../helpers/console-request.ts';
import { type Folder, temporaryFolder } from '../../helpers/folder.ts';
import { guid } from '../../helpers/records.ts';

const EVENTS = Array.from({ length: 150 }, (_, n) => `{"guid": "${guid(n)}", "title": "a"}`);
const TEXT = EVENTS.join('\n');

let queues: LocalQueues;
let folder: Folder;
beforeAll(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
  folder = await temporaryFolder();
});
afterAll(async () => {
  await queues.close();
  await folder[Symbol.asyncDispose]();
});

/** Sends from a console that has just been started. @returns what it says of it */
async function sendText(text: string, restart = false): Promise<string> {
  return JSON.parse(await answerTo(text, restart, folder.path)).summary;
}

async function answerTo(text: string, restart: boolean, journals: string): Promise<string> {
  await using console = await startTestConsole({
    environment: environmentOf(queues),
    folder: journals,
  });
  const headers = ownHeaders(console, await openSession(console));
  const how = { format: 'ndjson', allowClearing: false, restart, force: false };
  const path = '/api/of/0/change/send';
  const body = JSON.stringify({ text, ...how });
  return (await send(console, { method: 'POST', path, headers, body })).text;
}

test('what was sent before is not sent again, by a later console either, unless somebody says so', async () => {
  expect(await sendText(TEXT)).toBe('events.ndjson: 150 events sent');
  expect(await sendText(TEXT)).toBe(
    'events.ndjson: 0 events sent, 150 of earlier runs\n  all were sent before; --restart sends them again',
  );
  expect(await sendText(TEXT, true)).toBe('events.ndjson: 150 events sent');
  expect(await sendText(`${TEXT}\n`)).toBe('events.ndjson: 150 events sent');
});

test('a sending that was cut off goes on where it ended', async () => {
  const [name = ''] = readdirSync(folder.path);
  const lines = readFileSync(folder.at(name), 'utf8').split('\n');
  writeFileSync(folder.at(name), `${lines.slice(0, 2).join('\n')}\n`);
  const said = [await sendText(TEXT), await sendText(`${TEXT}\n`)];
  expect(said).toContain('events.ndjson: 50 events sent, 100 of earlier runs');
});

test('journals stay, and no text', () => {
  const names = readdirSync(folder.path);
  expect(names.map((name) => name.replace(/^.*\.(?=journal)/, ''))).toEqual(['journal', 'journal']);
  expect(names.map((name) => readFileSync(folder.at(name), 'utf8')).join('')).not.toContain(
    guid(1),
  );
});

test('where no journal can be kept, nothing is sent, and the answer says which folder', async () => {
  await using other = await temporaryFolder();
  const inFile = `${await other.write('file', '')}/sent`;
  expect(JSON.parse(await answerTo(TEXT, false, inFile))).toEqual({
    error: `nothing was sent: ${inFile}, where journals of sent files stay, can't be written (ENOTDIR)`,
  });
});
