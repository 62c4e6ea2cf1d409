import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import type { Update } from '../../../lambda/images/change.ts';
import { run } from '../../../lambda/pipeline.ts';
import { answer, refusal, success, timeout } from '../../helpers/answers.ts';
import { dependencies, INVOCATION } from '../../helpers/flow.ts';
import { startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid, sqsEvent, sqsRecord } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

const DAY = 86_400_000;

let scenes = 0;

/** An image whose list shows what a test says, and not what was sent. */
function scene({ withLedger = true } = {}) {
  scenes += 1;
  const image = guid(scenes);
  const time = virtualTime();
  const sent: (string | undefined)[] = [];
  const descriptions: (string | undefined)[] = [];
  const completed: (Update['standing'] | undefined)[] = [];
  const START = time.now();
  let events = 0;
  let invocations = 0;
  const deliver = async (
    title: string | undefined,
    shown: string,
    {
      result = success(),
      event = events + 1,
      ...extra
    }: { result?: Answer; force?: boolean; description?: string; event?: number } = {},
  ) => {
    events = Math.max(events, event);
    invocations += 1;
    time.advance(1_000);
    const happened = new Date(START + event).toISOString();
    const body = { guid: image, title, id: `event-${event}`, time: happened, ...extra };
    const images = [{ guid: image, title: shown, description: 'as listed', products: [] }];
    const usual = dependencies();
    const { outcomes } = await run(
      sqsEvent(sqsRecord({ body, messageId: `message-${event}`, sentTimestamp: START + event })),
      {
        ...usual,
        clock: time,
        ledger: withLedger ? ledger.store : undefined,
        limits: { ...usual.limits, virtualInventory: 'protect' },
        listImages: async () => answer(200, { status: { success: true }, images }),
        send: async ({ updates }) => {
          sent.push(...updates.map((update) => update.title));
          completed.push(...updates.map((update) => update.standing));
          descriptions.push(...updates.map((update) => update.description));
          return result;
        },
      },
      { ...INVOCATION, requestId: `request-${scenes}-${invocations}` },
    );
    time.advance(180_000);
    return outcomes.map(({ verdict }) => verdict.kind);
  };
  const deliverDescription = (
    description: string,
    shown: string,
    parts: { result?: Answer; event?: number } = {},
  ) => deliver(undefined, shown, { description, ...parts });
  return {
    time,
    sent,
    descriptions,
    completed,
    deliver,
    deliverDescription,
    read: () => ledger.read(image),
  };
}

describe('a list that shows the wanted value', () => {
  test('is believed where the ledger knows nothing of the image', async () => {
    const { sent, deliver, read } = scene();
    expect(await deliver('A', 'A')).toEqual(['unchanged']);
    expect(sent).toEqual([]);
    expect((await read())?.title).toMatchObject({ isKnown: true });
  });

  test('is not believed where another value was confirmed since', async () => {
    const { sent, deliver } = scene();
    await deliver('A', '');
    await deliver('B', 'A');
    expect(await deliver('A', 'A')).toEqual(['applied']);
    expect(sent).toEqual(['A', 'B', 'A']);
  });

  test('is not believed where another one was sent, and it is not known what became of it', async () => {
    const { sent, deliver } = scene();
    await deliver('B', 'A', { result: timeout });
    expect(await deliver('A', 'A')).toEqual(['applied']);
    expect(sent.at(-1)).toBe('A');
  });

  test('is not believed where a doubtful one was refused later: the first call may have been taken', async () => {
    const { sent, deliver } = scene();
    await deliver('A', '');
    await deliver('B', 'A', { result: timeout });
    await deliver('C', 'A', { result: refusal() });
    expect(await deliver('A', 'A')).toEqual(['applied']);
    expect(sent.at(-1)).toBe('A');
  });

  test('is believed where the ledger knows the same, but from so long ago that it does not count', async () => {
    const { sent, deliver, time, read } = scene();
    await deliver('A', '');
    time.advance(91 * DAY);
    expect(await deliver('A', 'A')).toEqual(['unchanged']);
    expect(sent).toEqual(['A']);
    expect((await read())?.title?.settled?.at).toBeGreaterThan(time.now() - DAY);
  });

  test('is not believed against an event that is forced', async () => {
    const { sent, deliver } = scene();
    expect(await deliver('A', 'A', { force: true })).toEqual(['applied']);
    expect(await deliver('A', 'A', { force: true })).toEqual(['applied']);
    expect(sent).toEqual(['A', 'A']);
  });

  test('is believed for the field alone that it is right about', async () => {
    const { sent, descriptions, deliver } = scene();
    await deliver('A', '');
    await deliver('B', 'A');
    expect(await deliver('A', 'A', { description: 'as listed' })).toEqual(['applied']);
    expect(sent).toEqual(['A', 'B', 'A']);
    expect(descriptions.at(-1)).toBeUndefined();
  });

  test('is believed without a ledger, but never against force', async () => {
    const { sent, deliver } = scene({ withLedger: false });
    await deliver('B', 'A');
    expect(await deliver('A', 'A')).toEqual(['unchanged']);
    expect(await deliver('A', 'A', { force: true })).toEqual(['applied']);
    expect(sent).toEqual(['B', 'A']);
  });
});

describe('a list that shows what was there before', () => {
  const MINUTE = 60_000;

  test('is not sent along for ten minutes: the update of the other field waits', async () => {
    const { deliver, deliverDescription, time, completed } = scene();
    await deliver('B', 'A');
    expect(await deliverDescription('new', 'A')).toEqual(['retry']);
    time.advance(3 * MINUTE);
    expect(await deliverDescription('new', 'B')).toEqual(['applied']);
    expect(completed.at(-1)).toEqual({ title: 'B' });
  });

  test('is believed after that: somebody has edited by hand', async () => {
    const { deliver, deliverDescription, time, completed } = scene();
    await deliver('B', 'A');
    time.advance(10 * MINUTE);
    expect(await deliverDescription('new', 'A')).toEqual(['applied']);
    expect(completed.at(-1)).toEqual({ title: 'A' });
  });

  test('has nobody wait who sends both fields', async () => {
    const { deliver, completed } = scene();
    await deliver('B', 'A');
    expect(await deliver('B', 'A', { description: 'new' })).toEqual(['applied']);
    expect(completed.at(-1)).toEqual({ title: 'B' });
  });

  test('lets two events go on that nobody answered for, each of one field', async () => {
    const { deliver, deliverDescription, time } = scene();
    await deliver('B', 'A', { result: timeout });
    time.advance(10 * MINUTE);
    await deliverDescription('new', 'A', { result: timeout, event: 2 });
    // Each comes back every few minutes, and does not count as sent for that.
    const kinds: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      kinds.push(...(await deliver('B', 'A', { event: 1 })));
      kinds.push(...(await deliverDescription('new', 'A', { event: 2 })));
    }
    expect(kinds).toContain('applied');
  });
});
