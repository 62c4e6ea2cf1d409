import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { parseReadings, type ReadingName } from '../../local/finerworks/readings.ts';
import { type StandIn, startStandIn } from '../../local/finerworks/stand-in.ts';
import { guid } from '../helpers/records.ts';

const KEYS = { web_api_key: 'web', app_key: 'app' };
const A = 'abcdefab-0000-4000-8000-000000000001';
const [B, UNKNOWN] = [guid(11), guid(12)] as const;
const Answer = z.object({
  status: z.object({ success: z.boolean() }),
  images: z.array(z.looseObject({ guid: z.string() })).optional(),
  count: z.number().optional(),
});
const SUCCESS = { success: true };

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn({ keys: KEYS });
  standIn.images.add([A, B], { library: 'inventory', title: 'old', description: 'kept' });
});
afterEach(() => standIn.close());

/** Lets these readings hold from now on. */
function holds(...names: ReadingName[]): void {
  standIn.readings = new Set(names);
}

async function ask(method: string, path: string, body: object) {
  const answer = await fetch(`${standIn.url}/v3/${path}`, {
    method,
    headers: KEYS,
    body: JSON.stringify(body),
  });
  return Answer.parse(await answer.json());
}

const update = (...images: object[]) => ask('PUT', 'update_images', { images });
const list = (...guids: string[]) =>
  ask('POST', 'list_images', {
    library: { name: 'inventory', session_id: '12345678' },
    guid_filter: guids,
    list_products: true,
  });
const titles = () => [A, B].map((id) => standIn.images.get(id)?.title);
const image = (id: string, title = 'new') => ({ guid: id, title });

describe('of the images of a call', () => {
  test('the first is taken only: first-only', async () => {
    holds('first-only');
    expect(await update(image(A), image(B))).toMatchObject({ status: SUCCESS });
    expect(titles()).toEqual(['new', 'old']);
  });

  test('some are taken, one at least: random-subset', async () => {
    holds('random-subset');
    expect(await update(image(A), image(B))).toMatchObject({ status: SUCCESS });
    expect(titles()).toContain('new');
  });

  test('some are listed, one at least: partial-images', async () => {
    holds('partial-images');
    const { images } = await update(image(A), image(B));
    expect([A, B]).toEqual(expect.arrayContaining(images?.map((each) => each.guid) ?? []));
    expect(images).not.toEqual([]);
    expect(titles()).toEqual(['new', 'new']);
  });
});

describe('texts', () => {
  const stored = async (...names: ReadingName[]) => {
    holds(...names);
    await update({ guid: A, title: `  Salt &amp; ${'x'.repeat(50)} ` });
    return standIn.images.get(A);
  };

  test('that are left out become empty: blank-omitted', async () => {
    expect(await stored('blank-omitted')).toMatchObject({ description: '' });
    expect((await stored())?.description).toBe('');
  });

  test('are rewritten: cut-texts, trim-texts, decode-entities', async () => {
    expect((await stored('cut-texts'))?.title).toBe(`  Salt &amp; ${'x'.repeat(37)}`);
    expect((await stored('trim-texts'))?.title).toBe(`Salt &amp; ${'x'.repeat(50)}`);
    expect((await stored('decode-entities'))?.title).toBe(`  Salt & ${'x'.repeat(50)} `);
    const all = await stored('cut-texts', 'trim-texts', 'decode-entities');
    expect(all?.title).toBe(`Salt & ${'x'.repeat(43)}`);
  });
});

describe('lists', () => {
  test('show what was there before: late-list', async () => {
    holds('late-list');
    await update(image(A));
    expect(await list(A)).toMatchObject({ images: [{ title: 'old' }] });
    standIn.listLagSeconds = 0;
    expect(await list(A)).toMatchObject({ images: [{ title: 'new' }] });
  });

  test('say nothing of products: no-products', async () => {
    expect((await list(A)).images?.[0]).toHaveProperty('products');
    holds('no-products');
    expect((await list(A)).images?.[0]).not.toHaveProperty('products');
  });

  test('write guids in capitals: guids-in-capitals', async () => {
    holds('guids-in-capitals');
    expect(await list(A)).toMatchObject({ images: [{ guid: A.toUpperCase() }] });
  });

  test('take a guid in any case, or not: guid-case-kept', async () => {
    expect((await list(A.toUpperCase())).count).toBe(1);
    holds('guid-case-kept');
    expect((await list(A.toUpperCase())).count).toBe(0);
    expect((await update(image(A.toUpperCase()))).status).not.toMatchObject(SUCCESS);
  });
});

describe('an unknown guid beside a known one', () => {
  test.each<[ReadingName | undefined, boolean, string, readonly string[] | undefined]>([
    [undefined, false, 'old', undefined],
    ['unknown-refuses-all', false, 'old', undefined],
    ['unknown-ignored', true, 'new', undefined],
    ['unknown-only-itself', true, 'new', [A]],
  ])('%s: success %s, and the known one has its %s title', async (name, success, title, listed) => {
    if (name !== undefined) holds(name);
    const { status, images } = await update(image(A), image(UNKNOWN));
    expect(status).toMatchObject({ success });
    expect(titles()).toEqual([title, 'old']);
    expect(images).toEqual(listed?.map((each) => ({ guid: each })));
  });

  test.each<[ReadingName, boolean]>([
    ['unknown-ignored', true],
    ['unknown-only-itself', false],
  ])('and alone: %s', async (name, success) => {
    holds(name);
    expect((await update(image(UNKNOWN))).status).toMatchObject({ success });
  });
});

test('readings are named, and those that cannot hold at once are refused', () => {
  expect(parseReadings('first-only,late-list')).toEqual(['first-only', 'late-list']);
  expect(() => parseReadings('last-only')).toThrow('There is no reading last-only.');
  expect(() => parseReadings('first-only,random-subset')).toThrow(
    'Only one of first-only and random-subset can hold.',
  );
});
