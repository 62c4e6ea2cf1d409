import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient } from '../../../lambda/finerworks/client.ts';
import { run } from '../../../lambda/pipeline.ts';
import type { DeadLetterEntry } from '../../../lambda/settlement/dead-lettering.ts';
import { type StandIn, startStandIn } from '../../../local/finerworks/stand-in.ts';
import { answer, listOf, refusal, success } from '../../helpers/answers.ts';
import { change, changesOf, delivered, KEYS, reasonOf } from '../../helpers/delivery.ts';
import { dependencies, INVOCATION, receiptsFor } from '../../helpers/flow.ts';
import { guid, sqsEvent, sqsRecord } from '../../helpers/records.ts';

const REQUEST_ID = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn({ keys: KEYS });
});
afterEach(() => standIn.close());

/** Runs one invocation against the stand-in, under `protect` unless a test says otherwise. */
async function deliver(
  bodies: readonly object[],
  virtualInventory: 'protect' | 'remove' = 'protect',
) {
  const dead: DeadLetterEntry[] = [];
  const usual = dependencies();
  const { outcomes, figures } = await run(
    sqsEvent(...bodies.map((body) => sqsRecord({ body }))),
    {
      ...usual,
      ...createClient({ apiUrl: standIn.url, callTimeoutSeconds: 5 }),
      limits: { ...usual.limits, virtualInventory },
      sendDeadLetters: async (entries) => {
        dead.push(...entries);
        return receiptsFor(entries);
      },
    },
    { ...INVOCATION, requestId: REQUEST_ID },
  );
  const verdicts = outcomes.map(({ verdict }) => verdict);
  return { dead, figures, verdicts, kinds: verdicts.map(({ kind }) => kind) };
}

const asked = () =>
  standIn.requests
    .filter(({ path }) => path === '/v3/list_images')
    .map(({ body }) => JSON.parse(body));

const titleOf = (n: number) => standIn.images.get(guid(n))?.title;

/** Answers every list with this, and lets updates through. */
function answerLists(status: number, body: unknown) {
  standIn.intercept = (request, response, proceed) => {
    if (request.path !== '/v3/list_images') return proceed();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

test.each([
  [20, ''],
  [21, ' and 1 more'],
])('of %i products that would be lost a dead letter names twenty', async (count, more) => {
  const skus = Array.from({ length: count }, (_, n) => `SKU-${n + 1}`);
  standIn.images.add([guid(1)], { library: 'inventory', products: skus });
  const { verdicts } = await deliver([{ guid: guid(1), title: 'new' }]);
  const named = skus.slice(0, 20).join(', ');
  expect(verdicts).toMatchObject([{ detail: expect.stringMatching(`: ${named}${more}$`) }]);
});

describe('an image with virtual inventory products', () => {
  beforeEach(() => {
    standIn.images.add([guid(1)], { library: 'inventory', products: ['SKU-1', 'SKU-2'] });
    standIn.images.add([guid(2)]);
  });

  test('keeps them: its event is dead-lettered with their SKUs, and harms no neighbour', async () => {
    const { verdicts, kinds, dead } = await deliver([
      { guid: guid(1), title: 'new' },
      { guid: guid(2), title: 'new' },
    ]);
    expect(kinds).toEqual(['rejected', 'applied']);
    expect(verdicts[0]).toMatchObject({
      reason: 'WouldRemoveInventory',
      detail: `${guid(1)}: the update would remove 2 virtual inventory products: SKU-1, SKU-2`,
      guids: [guid(1)],
    });
    expect(dead).toHaveLength(1);
    expect(standIn.images.get(guid(1))).toMatchObject({ title: '', products: ['SKU-1', 'SKU-2'] });
    expect(titleOf(2)).toBe('new');
  });

  test('is updated for an event that allows the removal', async () => {
    const { kinds } = await deliver([
      { guid: guid(1), title: 'new', removeVirtualInventory: true },
    ]);
    expect(kinds).toEqual(['applied']);
    expect(standIn.images.get(guid(1))).toMatchObject({ title: 'new', products: [] });
  });

  test('gets the values of the events that allow it, and of no other, newer or older', async () => {
    const allowed = { guid: guid(1), removeVirtualInventory: true, time: '2026-11-23T09:00:00Z' };
    const { kinds } = await deliver([
      { guid: guid(1), title: 'newest', time: '2026-11-23T09:30:00Z' },
      { ...allowed, title: 'allowed' },
      { guid: guid(1), description: 'other', time: '2026-11-23T08:00:00Z' },
    ]);
    expect(kinds).toEqual(['rejected', 'applied', 'rejected']);
    expect(standIn.images.get(guid(1))).toMatchObject({ title: 'allowed', description: '' });
  });

  test('of two accounts is one image in one call where a single account is left', async () => {
    const allowed = { guid: guid(1), removeVirtualInventory: true };
    const { kinds, figures } = await deliver([
      { ...allowed, title: 't', description: 'd', account_key: 'a', time: '2026-11-23T08:00:00Z' },
      { guid: guid(1), title: 'u', account_key: 'b', time: '2026-11-23T09:00:00Z' },
    ]);
    expect(kinds).toEqual(['applied', 'rejected']);
    expect(figures).toMatchObject({ calls: 1, listCalls: 2 });
    expect(standIn.images.get(guid(1))).toMatchObject({ title: 't', description: 'd' });
  });

  test('is sent without a preflight where the setting says remove', async () => {
    const { kinds, figures } = await deliver([{ guid: guid(1), title: 'new' }], 'remove');
    expect(kinds).toEqual(['applied']);
    expect(figures).toMatchObject({ listCalls: 0 });
    expect(standIn.images.get(guid(1))?.products).toEqual([]);
  });
});

describe('what the list shows', () => {
  test('as equal is unchanged, although its image has products', async () => {
    const title = 'as it is';
    standIn.images.add([guid(1)], { library: 'inventory', products: ['S'], title });
    const { kinds, figures } = await deliver([{ guid: guid(1), title }]);
    expect(kinds).toEqual(['unchanged']);
    expect(figures).toMatchObject({ calls: 0, unchanged: 1 });
  });

  test('leaves only the field to send that differs, beside the other as it stands', async () => {
    standIn.images.add([guid(1)], { library: 'inventory', title: 'as it is' });
    const { kinds } = await deliver([{ guid: guid(1), title: 'as it is', description: 'new' }]);
    expect(kinds).toEqual(['applied']);
    const { body = '' } = standIn.requests.at(-1) ?? {};
    expect(JSON.parse(body).images).toEqual([
      { guid: guid(1), title: 'as it is', description: 'new' },
    ]);
  });

  test('not at all is sent: absence proves nothing', async () => {
    standIn.images.add([guid(1)], { library: 'temporary' });
    expect((await deliver([{ guid: guid(1), title: 'new' }])).kinds).toEqual(['applied']);
  });
});

describe('a preflight', () => {
  test('asks for the inventory library with products, at most 50 images, an account at a time', async () => {
    const bodies = Array.from({ length: 60 }, (_, n) => ({ guid: guid(n), title: 't' }));
    standIn.images.add([...bodies.map((body) => body.guid), guid(99)]);
    const other = { guid: guid(99), title: 't', account_key: 'other' };
    const { figures } = await deliver([...bodies, other]);
    expect(figures).toMatchObject({ listCalls: 3, calls: 3 });
    expect(asked().map(({ guid_filter }) => guid_filter.length)).toEqual([50, 10, 1]);
    expect(asked()[2]).toEqual({
      library: { name: 'inventory', session_id: REQUEST_ID, account_key: 'other', site_id: 2 },
      guid_filter: [guid(99)],
      page_number: 1,
      per_page: 50,
      list_products: true,
    });
  });

  test('is a few calls ahead of the updates, and no further', async () => {
    const bodies = Array.from({ length: 400 }, (_, n) => ({ guid: guid(n), title: 't' }));
    standIn.images.add(bodies.map((body) => body.guid));
    const listsAtUpdate: number[] = [];
    standIn.intercept = async (request, _response, proceed) => {
      // Far longer than a list takes here: what is to come beside an update has come by then.
      if (request.method === 'PUT') await sleep(100);
      if (request.method === 'PUT') listsAtUpdate.push(asked().length);
      proceed();
    };
    const { figures } = await deliver(bodies);
    expect(figures).toMatchObject({ listCalls: 8, calls: 8 });
    expect(listsAtUpdate).toEqual([5, 6, 7, 8, 8, 8, 8, 8]);
  });

  test('of an account of which everything is refused is made once, and says nothing against it', async () => {
    standIn.images.add(Array.from({ length: 200 }, (_, n) => guid(n)));
    standIn.intercept = (request, response, proceed) => {
      if (request.method !== 'PUT') return proceed();
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: { ...status, success: false, message: 'no' } }));
    };
    const bodies = Array.from({ length: 200 }, (_, n) => ({ guid: guid(n), title: 't' }));
    const { verdicts, figures } = await deliver(bodies);
    // Each image once, and once more a few of them, to see whether any image is to blame.
    expect(figures.listCalls).toBe(5);
    expect(new Set(verdicts.map(reasonOf))).toEqual(new Set(['SystemicRefusal']));
  });

  const status = { success: true, status_code: 200, message: '', debug: null };
  const image = { guid: guid(1), title: '', description: '' };
  test.each([
    ['is refused', 400, { status: { ...status, success: false, message: 'no' } }],
    ['shows no images[]', 200, { status }],
    ['shows products that are no list', 200, { status, images: [{ ...image, products: 'none' }] }],
    [
      'shows what nobody asked for',
      200,
      { status, images: [{ ...image, guid: guid(7), products: [] }] },
    ],
  ])('that %s sends nothing: the messages come back', async (_name, code, body) => {
    standIn.images.add([guid(1)]);
    answerLists(code, body);
    const { verdicts, figures } = await deliver([{ guid: guid(1), title: 'new' }]);
    expect(verdicts).toMatchObject([{ kind: 'retry', reason: 'InventoryUnknown' }]);
    expect(figures).toMatchObject({ calls: 0 });
  });

  test('whose list says nothing of products asks for these apart, all of them', async () => {
    const products = Array.from({ length: 60 }, (_, n) => `SKU-${n}`);
    standIn.images.add([guid(1)], { library: 'inventory', products });
    standIn.images.add([guid(2)], { library: 'inventory' });
    standIn.images.add([guid(3)], { library: 'inventory', products: ['OTHER'] });
    answerLists(200, { status, images: [image, { ...image, guid: guid(2) }] });
    const { verdicts, figures } = await deliver([
      { guid: guid(1), title: 'new' },
      { guid: guid(2), title: 'new' },
    ]);
    expect(verdicts).toMatchObject([
      {
        reason: 'WouldRemoveInventory',
        detail: expect.stringMatching(/ 60 virtual inventory products: SKU-0, .* and 40 more$/),
      },
      { kind: 'applied' },
    ]);
    expect(figures).toMatchObject({ listCalls: 3, calls: 1 });
    expect(standIn.images.get(guid(1))?.products).toHaveLength(60);
  });

  test('that fails sends nothing, and has the failure’s own reason', async () => {
    standIn.images.add([guid(1)]);
    answerLists(500, {});
    const { verdicts, figures } = await deliver([{ guid: guid(1), title: 'new' }]);
    expect(verdicts).toMatchObject([{ kind: 'retry', reason: 'ServerError' }]);
    expect(figures).toMatchObject({ calls: 0 });
  });

  test('with wrong keys names the keys', async () => {
    standIn.keys = { web_api_key: 'other', app_key: 'other' };
    const { verdicts } = await deliver([{ guid: guid(1), title: 'new' }]);
    expect(verdicts).toMatchObject([{ kind: 'retry', reason: 'BadKeys' }]);
  });

  test('takes null for no products, and a product without a readable SKU for one', async () => {
    standIn.images.add([guid(1)]);
    answerLists(200, { status, images: [{ ...image, products: null }] });
    expect((await deliver([{ guid: guid(1), title: 'a' }])).kinds).toEqual(['applied']);
    answerLists(200, { status, images: [{ ...image, products: [{ id: 7 }] }] });
    expect((await deliver([{ guid: guid(1), title: 'b' }])).verdicts).toMatchObject([
      { detail: `${guid(1)}: the update would remove 1 virtual inventory products: unnamed` },
    ]);
  });
});

describe('a value that FinerWorks has already', () => {
  const protecting = { limits: { virtualInventory: 'protect' } } as const;
  const shown = { guid: guid(1), title: 'Title 1', description: 'there' };
  const lists = () => listOf([shown]);
  const answers = () => success();

  test('is not sent, unless the ledger knows that the list is older than what was confirmed', async () => {
    const asked: string[] = [];
    const contradicts = (id: string, field: string, value: string) => {
      asked.push(`${id} ${field} ${value}`);
      return field === 'title';
    };
    const both = change(1, { description: 'there' });
    const parts = { answers, lists, ...protecting };
    const { calls } = await delivered([both], { ...parts, ledger: { contradicts } });
    expect(calls.flatMap(({ updates }) => updates)).toMatchObject([
      { title: 'Title 1', description: undefined },
    ]);
    expect(asked).toEqual([`${guid(1)} title Title 1`, `${guid(1)} description there`]);
    const believed = await delivered([both], parts);
    expect(believed.verdicts).toEqual([{ kind: 'unchanged' }]);
  });

  test('of which the list says nothing is sent', async () => {
    const untold = { status: { success: true }, images: [{ guid: guid(1), products: [] }] };
    const { calls } = await delivered([change(1)], {
      answers,
      lists: () => answer(200, untold),
      ...protecting,
    });
    expect(calls.flatMap(({ updates }) => updates)).toMatchObject([{ title: 'Title 1' }]);
  });

  test('is sent by force', async () => {
    const forced = change(1, { force: true });
    const { calls, verdicts } = await delivered([forced], { answers, lists, ...protecting });
    expect(calls).toHaveLength(1);
    expect(verdicts).toEqual([{ kind: 'applied' }]);
  });

  test('that differs is sent, whatever the ledger knows', async () => {
    const contradicts = () => true;
    const { calls } = await delivered([change(1, { title: 'other' })], {
      answers,
      lists,
      ...protecting,
      ledger: { contradicts },
    });
    expect(calls).toHaveLength(1);
  });

  test('is settled at once, and its image told to the ledger', async () => {
    const { decided, calls } = await delivered([change(1), change(2)], {
      answers,
      lists,
      ...protecting,
    });
    expect(decided[0]).toEqual([guid(1)]);
    expect(calls.flatMap(({ updates }) => updates.map((one) => one.guid))).toEqual([guid(2)]);
  });
});

test('a dead letter names 20 products at most, and counts the others', async () => {
  const products = Array.from({ length: 22 }, (_, n) => ({ sku: `S${n}` }));
  const { verdicts } = await delivered([change(1)], {
    answers: () => success(),
    lists: () => listOf([{ guid: guid(1), products }]),
    limits: { virtualInventory: 'protect' },
  });
  expect(verdicts).toMatchObject([{ detail: expect.stringMatching(/: S0, .*, S19 and 2 more$/) }]);
});

test('the images of several accounts are all checked before any of them is sent', async () => {
  const changes = ['a', 'b'].flatMap((account, at) =>
    changesOf(2, { account, ...(at === 1 && { title: undefined, description: 'd' }) }),
  );
  const { lists, calls, verdicts } = await delivered(changes, {
    answers: () => success(),
    lists: () => listOf([]),
    limits: { virtualInventory: 'protect' },
  });
  expect(lists.map(({ account }) => account)).toEqual(['a', 'b']);
  expect(calls.map(({ account, updates }) => [account, updates.length])).toEqual([
    ['a', 2],
    ['b', 2],
  ]);
  expect(new Set(verdicts.map((verdict) => verdict?.kind))).toEqual(new Set(['applied']));
});

test('the images of several accounts of which one can’t be listed come back for that account', async () => {
  const changes = ['a', 'b'].flatMap((account, at) =>
    changesOf(2, { account, ...(at === 1 && { title: undefined, description: 'd' }) }),
  );
  const { calls, verdicts } = await delivered(changes, {
    answers: () => success(),
    lists: ({ account }) => (account === 'a' ? refusal() : listOf([])),
    limits: { virtualInventory: 'protect' },
  });
  expect(calls.map(({ account }) => account)).toEqual(['b']);
  expect(verdicts.map(reasonOf)).toEqual([
    ...['InventoryUnknown', 'InventoryUnknown'],
    ...[undefined, undefined],
  ]);
});
