import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LOCAL_KEYS, type LocalSystem } from '../../local/system.ts';
import { cli, cliJson } from '../helpers/cli.ts';
import { process as deliver, startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
  Object.assign(process.env, system.environment, system.functionEnvironment);
  system.standIn.images.add([guid(1)]);
  system.standIn.images.add([guid(3)], { library: 'inventory', title: 'X', description: 'Y' });
  await deliver(system, [
    { guid: guid(1), title: 'A', id: 'event-1' },
    { guid: guid(2), title: 'unknown', id: 'event-2' },
    { guid: guid(3), title: 'Heron', id: 'event-of-3' },
  ]);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

test('image tells which event was confirmed last for each field, and the last rejection', async () => {
  const confirmed = await cli(['image', guid(1)]);
  expect(confirmed.code).toBe(0);
  expect(confirmed.stdout).toMatch(
    /^title +confirmed 20\d\d-\S+Z, value \S{22}\n +event event-1 of /m,
  );
  const refused = await cli(['image', 'show', `{${guid(2).toUpperCase()}}`]);
  expect(refused.stdout).toMatch(/^title +never confirmed\nrejected +\S+ as Refused, message /m);
  expect(refused.stdout).toMatch(/^refused +alone, values \S{22}, since 20\d\d-\S+Z$/m);
  const { json } = await cliJson(['image', guid(1)]);
  expect(json).toMatchObject({ found: true, title: { settled: { order: { id: 'event-1' } } } });
});

test('image of what was never sent ends with 1, and of what is no guid with 2', async () => {
  expect((await cli(['image', guid(9)])).code).toBe(1);
  const { code, stderr } = await cli(['image', 'picture']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('not a UUID')]);
  const forgotten = await cli(['image', 'forget', guid(1), 'picture']);
  expect(forgotten).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: <guids>: "picture" is not a UUID$/m),
  });
});

describe('image asks FinerWorks what it has now', () => {
  test('and compares that with the value that was confirmed last', async () => {
    const asConfirmed = await cli(['image', guid(3)]);
    expect(asConfirmed.code).toBe(0);
    expect(asConfirmed.stdout).toMatch(
      /^At FinerWorks now\ntitle +"Heron", as confirmed\ndescription +"Y", never confirmed\nproducts +none$/m,
    );
    Object.assign(system.standIn.images.get(guid(3)) ?? {}, {
      title: 'by hand\u001b[2J',
      products: ['AP1'],
    });
    const edited = await cli(['image', guid(3)]);
    expect(edited.stdout).toContain('"by hand\\u001b[2J", not what was confirmed last');
    expect(edited.stdout).toMatch(/^products +AP1$/m);
    const { json } = await cliJson(['image', guid(3)]);
    expect(json.finerworks).toMatchObject({
      listed: true,
      title: { asConfirmed: false },
      description: { value: 'Y', asConfirmed: null },
    });
  });

  test('of an image that it does not list, and of one that was never sent', async () => {
    expect((await cliJson(['image', guid(1)])).json.finerworks).toEqual({ listed: false });
    system.standIn.images.add([guid(8)], { library: 'inventory', title: 'there' });
    const { code, json } = await cliJson(['image', guid(8), '--account', 'acme']);
    expect([code, json.finerworks.title]).toEqual([1, { value: 'there', asConfirmed: null }]);
    const { body } = system.standIn.requests.at(-1) ?? { body: '' };
    expect(JSON.parse(body).library.account_key).toBe('acme');
  });

  test('and tells the rest without keys, or without FinerWorks', async () => {
    system.secrets.put('finerworks/keys', undefined);
    const without = await cli(['image', guid(3)]);
    system.secrets.put('finerworks/keys', JSON.stringify(LOCAL_KEYS));
    expect(without.code).toBe(0);
    expect(without.stdout).toMatch(/^title +confirmed /m);
    expect(without.stdout).toMatch(/^At FinerWorks: not known \(.*ResourceNotFoundException/m);
    const { keys } = system.standIn;
    system.standIn.keys = { web_api_key: 'other-key', app_key: 'other-key' };
    const refused = await cliJson(['image', guid(3)]);
    system.standIn.keys = keys;
    expect(refused).toMatchObject({
      code: 0,
      json: { finerworks: { unknown: expect.stringContaining('BadKeys') } },
    });
  });
});

test('dlq show tells what the ledger knows of the letter’s images', async () => {
  const { json } = await cliJson(['dlq', 'list']);
  const id: string = json.groups[0].letters[0].messageId;
  const { stdout } = await cli(['dlq', 'show', id]);
  expect(stdout).toContain(`ledger: ${guid(2)}`);
  expect(stdout).toMatch(/^rejected +\S+ as Refused/m);
  expect(stdout).toMatch(/^refused +alone, values /m);
});

test('image forget lets the same value be sent again', async () => {
  const calls = () => system.standIn.requests.filter(({ method }) => method === 'PUT').length;
  const before = calls();
  expect((await cliJson(['image', 'forget', guid(1)])).json).toEqual({ forgotten: 1, left: 0 });
  expect((await cli(['image', guid(1)])).code).toBe(1);
  // The look at the inventory would find the value unchanged, were the image listed.
  await system.queues.send([JSON.stringify({ guid: guid(1), title: 'A', id: 'event-3' })]);
  for (let tries = 0; calls() === before && tries < 400; tries += 1) {
    await new Promise((done) => setTimeout(done, 25));
  }
  expect(calls()).toBe(before + 1);
});

test('without a ledger image says so', async () => {
  const { LEDGER_TABLE } = process.env;
  delete process.env.LEDGER_TABLE;
  const { code, stderr } = await cli(['image', guid(1)]);
  process.env.LEDGER_TABLE = LEDGER_TABLE;
  expect([code, stderr]).toEqual([2, expect.stringContaining('has no ledger')]);
});
