import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LOCAL_KEYS, type LocalSystem } from '../../local/system.ts';
import { cli, cliJson } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

/** What `npm start -- --serve` exports is all that these commands know of the local system. */
let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
  Object.assign(process.env, system.environment, system.functionEnvironment);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

/** Products 0 to 119 of the virtual inventory, each of an image of its own. */
const addProducts = () => {
  for (let n = 0; n < 120; n += 1) {
    system.standIn.images.add([guid(n)], { library: 'inventory', products: [`SKU-${n}`] });
  }
};

test('status tells the depths, and in a word what the local system does not have', async () => {
  await system.queues.send(['{}', '{}']);
  const { code, json } = await cliJson(['status']);
  expect(code).toBe(0);
  const unknown = { unknown: 'the local system does not emulate it' };
  expect(json).toMatchObject({
    queue: { visible: 2, inFlight: 0, delayed: 0, oldestSeconds: unknown },
    deadLetterQueue: { visible: 0 },
    eventSourceMapping: { value: 'Enabled' },
    lastHour: unknown,
  });
});

test('check finds everything in order, and never prints a key', async () => {
  const { code, stdout, stderr } = await cli(['check']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^ok +keys +http:\/\/127\.0\.0\.1:\d+ accepts those of finerworks\/keys$/m,
  );
  expect(stdout).toMatch(/^ok +event source mapping +Enabled$/m);
  for (const key of Object.values(LOCAL_KEYS)) expect(stdout + stderr).not.toContain(key);
});

test('check says what is wrong with keys, and ends with 1', async () => {
  const wrong = (detail: string) =>
    expect.objectContaining({
      subject: 'keys',
      result: 'fails',
      detail: expect.stringContaining(detail),
    });
  const { keys } = system.standIn;
  system.standIn.keys = { web_api_key: 'other', app_key: 'other' };
  const refused = await cliJson(['check']);
  system.standIn.keys = keys;
  system.secrets.put('finerworks/keys', '{"web_api_key": "only"}');
  const incomplete = await cliJson(['check']);
  system.secrets.put('finerworks/keys', JSON.stringify(LOCAL_KEYS));
  expect([refused.code, incomplete.code]).toEqual([1, 1]);
  expect(refused.json.findings).toContainEqual(wrong('BadKeys'));
  expect(incomplete.json.findings).toContainEqual(wrong('app_key is missing'));
});

test('guids lists all products, page by page, as CSV', async () => {
  await using folder = await temporaryFolder();
  addProducts();
  const { code, stdout } = await cli(['guids', '--out', folder.at('guids.csv')]);
  expect([code, stdout]).toEqual([0, `120 products written to ${folder.at('guids.csv')}\n`]);
  const lines = readFileSync(folder.at('guids.csv'), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(121);
  expect(lines[0]).toMatch(/^sku,image_guid,shopify_product_id,shopify_variant_id,woocommerce_/);
  expect(lines[8]).toBe(`SKU-7,${guid(7)},123456796,24681019${','.repeat(8)}`);
});

test('guids asks for at most 50 SKUs a call, and names those that there are not', async () => {
  addProducts();
  const before = system.standIn.requests.length;
  const skus = Array.from({ length: 101 }, (_, n) => `SKU-${n}`).join('\n');
  const { code, stdout, stderr } = await cli(['guids', '--sku-file', '-', 'none'], skus);
  expect(code).toBe(1);
  expect(stdout.trimEnd().split('\n')).toHaveLength(102);
  expect(stderr).toBe(`on this machine, queue ${system.queues.queueUrl}\nnot found: none\n`);
  const filters = system.standIn.requests
    .slice(before)
    .map(({ body }) => JSON.parse(body).sku_filter.length);
  expect(Math.max(...filters)).toBe(50);
});

test('pause and resume switch the event source, and the queue keeps what comes meanwhile', async () => {
  system.standIn.images.add([guid(500)]);
  system.start();
  await until(async () => (await system.queues.depth()) === 0);
  expect(await cliJson(['pause'])).toMatchObject({ code: 0, json: { state: 'Disabled' } });
  await system.queues.send([JSON.stringify({ guid: guid(500), title: 'later' })]);
  expect((await cliJson(['check'])).code).toBe(1);
  expect((await cliJson(['status'])).json).toMatchObject({
    queue: { visible: 1 },
    eventSourceMapping: { value: 'Disabled' },
  });
  expect(await cliJson(['resume'])).toMatchObject({ code: 0, json: { state: 'Enabled' } });
  await until(async () => (await system.queues.depth()) === 0);
  expect(system.standIn.images.get(guid(500))?.title).toBe('later');
});
