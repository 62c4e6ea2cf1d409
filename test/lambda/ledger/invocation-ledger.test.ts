import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import type { LedgerStore } from '../../../lambda/ledger/store.ts';
import { run } from '../../../lambda/pipeline.ts';
import { answer, broken, refusal, success, timeout } from '../../helpers/answers.ts';
import { dependencies, INVOCATION, recordingApi } from '../../helpers/flow.ts';
import { errorNamed, failing, startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid, type RecordParts, sqsEvent, sqsRecord } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let images = 0;
let invocations = 0;

/** An image of its own for each test, and a world in which invocations follow each other. */
function scene() {
  images += 1;
  const image = guid(images);
  const time = virtualTime();
  const sent: (string | undefined)[] = [];
  /** An event of the image: when it happened, in seconds past ten, and what it wants. */
  const event = (second: number, title: string, parts: RecordParts & { extra?: object } = {}) => {
    const { extra, ...record } = parts;
    const moment = new Date(Date.parse('2026-11-23T10:00:00Z') + second * 1_000).toISOString();
    const body = { guid: image, title, id: `event-${second}`, time: moment, ...extra };
    return sqsRecord({ body, messageId: `message-${second}`, ...record });
  };
  const deliver = async (
    records: ReturnType<typeof event>[],
    answers: (title: string | undefined) => Answer = () => success(),
    store: LedgerStore | 'none' = ledger.store,
  ) => {
    invocations += 1;
    const api = recordingApi((call) => {
      const titles = call.updates.map(({ title }) => title);
      sent.push(...titles);
      return answers(titles[0]);
    });
    const { response, outcomes, figures } = await run(
      sqsEvent(...records),
      dependencies({ ...api, clock: time, ledger: store === 'none' ? undefined : store }),
      { ...INVOCATION, requestId: `request-${invocations}` },
    );
    const verdicts = outcomes.map(({ verdict }) =>
      'reason' in verdict ? `${verdict.kind} ${verdict.reason}` : verdict.kind,
    );
    return { verdicts, figures, returned: response.batchItemFailures.length, outcomes };
  };
  return { image, time, sent, event, deliver, read: () => ledger.read(image) };
}

describe('an older change', () => {
  test('that comes later is superseded, acknowledged and never sent', async () => {
    const { event, deliver, sent } = scene();
    await deliver([event(2, 'new')]);
    const { verdicts, returned, figures } = await deliver([event(1, 'old')]);
    expect({ verdicts, returned }).toEqual({ verdicts: ['superseded'], returned: 0 });
    expect(figures).toMatchObject({ superseded: 1, calls: 0 });
    expect(sent).toEqual(['new']);
  });

  test('does not come back by force', async () => {
    const { event, deliver, sent } = scene();
    await deliver([event(2, 'new')]);
    await deliver([event(1, 'old', { extra: { force: true } })]);
    expect(sent).toEqual(['new']);
  });

  test('is older for each field by itself', async () => {
    const { event, deliver, read } = scene();
    await deliver([event(2, 'new')]);
    const older = event(1, 'old', { extra: { description: 'the only one' } });
    expect((await deliver([older])).verdicts).toEqual(['applied']);
    const item = await read();
    expect(item?.title?.settled?.order.id).toBe('event-2');
    expect(item?.description?.settled?.order.id).toBe('event-1');
  });

  test('is not dropped for a newer one that FinerWorks refused', async () => {
    const { event, deliver, sent, read, time } = scene();
    const answers = (title: string | undefined) => (title === 'bad' ? refusal() : success());
    expect((await deliver([event(2, 'bad')], answers)).verdicts).toEqual(['retry SystemicRefusal']);
    // Long enough for an image that was just uploaded to be known.
    time.advance(300_000);
    // Another image goes through meanwhile: so the refused one is to blame.
    const other = event(3, 'other', { extra: { guid: guid(9_999) } });
    const refused = await deliver([event(2, 'bad'), other], answers);
    expect(refused.verdicts).toEqual(['rejected Refused', 'applied']);
    expect((await deliver([event(1, 'good')])).verdicts).toEqual(['applied']);
    expect(sent.at(-1)).toBe('good');
    expect((await read())?.rejection).toMatchObject({ reason: 'Refused', messageId: 'message-2' });
  });

  test('waits while it is not known whether a newer one was taken', async () => {
    const { event, deliver, sent, time } = scene();
    await deliver([event(2, 'new')], () => timeout);
    time.advance(HOUR);
    expect((await deliver([event(1, 'old')])).verdicts).toEqual(['retry Busy']);
    await deliver([event(2, 'new')]);
    expect((await deliver([event(1, 'old')])).verdicts).toEqual(['superseded']);
    expect(new Set(sent)).toEqual(new Set(['new']));
  });

  test('waits for one that waits itself, as long as that comes back', async () => {
    const { event, deliver, sent, time } = scene();
    await deliver([event(2, 'newer')], () => timeout);
    time.advance(HOUR);
    await deliver([event(3, 'newest')], () => timeout);
    time.advance(12 * HOUR);
    expect((await deliver([event(2, 'newer')])).verdicts).toEqual(['retry Busy']);
    // Nothing waits for the newest any more, which never came back.
    time.advance(HOUR);
    expect((await deliver([event(1, 'old')])).verdicts).toEqual(['retry Busy']);
    expect((await deliver([event(2, 'newer')])).verdicts).toEqual(['applied']);
    expect((await deliver([event(1, 'old')])).verdicts).toEqual(['superseded']);
    expect(new Set(sent)).toEqual(new Set(['newer', 'newest']));
  });

  test('waits no more once the newer one is given up', async () => {
    const { event, deliver, sent, time } = scene();
    const last = event(2, 'new', { receiveCount: 1_000 });
    const givenUp = await deliver([last], () => timeout);
    expect(givenUp.verdicts).toEqual(['rejected RetriesExhausted']);
    time.advance(HOUR);
    expect((await deliver([event(1, 'old')])).verdicts).toEqual(['applied']);
    expect(sent.at(-1)).toBe('old');
  });

  test('waits no longer than it takes a message that is alive to come back', async () => {
    const { event, deliver, time } = scene();
    await deliver([event(2, 'new')], () => timeout);
    time.advance(12 * HOUR);
    expect((await deliver([event(1, 'old')])).verdicts).toEqual(['retry Busy']);
    time.advance(HOUR);
    expect((await deliver([event(1, 'old')])).verdicts).toEqual(['applied']);
  });
});

test('an image that FinerWorks took before was not just uploaded: a refusal is its own fault at once', async () => {
  const { event, deliver, time } = scene();
  const answers = (title: string | undefined) => (title === 'bad' ? refusal() : success());
  await deliver([event(1, 'good')]);
  await deliver([event(3, 'bad')], answers);
  time.advance(1_000);
  const other = event(4, 'other', { extra: { guid: guid(9_998) } });
  const { verdicts } = await deliver([event(3, 'bad'), other], answers);
  expect(verdicts).toEqual(['rejected Refused', 'applied']);
});

describe('the same value', () => {
  test('of an event that is delivered five times is sent once', async () => {
    const { event, deliver, sent } = scene();
    const verdicts: string[] = [];
    for (let delivery = 1; delivery <= 5; delivery += 1) {
      verdicts.push(...(await deliver([event(1, 'a', { receiveCount: delivery })])).verdicts);
    }
    expect(verdicts).toEqual(['applied', ...Array(4).fill('unchanged')]);
    expect(sent).toEqual(['a']);
  });

  test('wanted by a newer event is not sent, and makes what is in between too old', async () => {
    const { event, deliver, sent } = scene();
    await deliver([event(1, 'a')]);
    expect((await deliver([event(3, 'a')])).verdicts).toEqual(['unchanged']);
    expect((await deliver([event(2, 'b')])).verdicts).toEqual(['superseded']);
    expect(sent).toEqual(['a']);
  });

  test('is sent again after the window, and whenever an event wants it by force', async () => {
    const { event, deliver, sent, time } = scene();
    await deliver([event(1, 'a')]);
    await deliver([event(2, 'a', { extra: { force: true } })]);
    time.advance(90 * DAY);
    await deliver([event(3, 'a')]);
    await deliver([event(4, 'a')]);
    expect(sent).toEqual(['a', 'a', 'a']);
  });

  test('that is forced is sent once, however often its event is delivered', async () => {
    const { event, deliver, sent } = scene();
    const forced = () => event(1, 'a', { extra: { force: true } });
    await deliver([forced()]);
    await deliver([forced()]);
    expect(sent).toEqual(['a']);
  });

  test('leaves out the unchanged field alone', async () => {
    const { event, deliver, image } = scene();
    await deliver([event(1, 'a')]);
    const bodies: unknown[] = [];
    const both = sqsRecord({ body: { guid: image, title: 'a', description: 'd' } });
    await run(
      sqsEvent(both),
      dependencies({
        ledger: ledger.store,
        send: async ({ updates }) => {
          bodies.push(...updates.map(({ title, description }) => ({ title, description })));
          return success();
        },
      }),
      { ...INVOCATION, requestId: 'request-both' },
    );
    expect(bodies).toEqual([{ title: undefined, description: 'd' }]);
  });

  test('for an account of one’s own and for null is the same image', async () => {
    const { event, deliver, sent } = scene();
    await deliver([event(1, 'a')]);
    const other = event(2, 'a', { extra: { account_key: 'mine' } });
    expect((await deliver([other])).verdicts).toEqual(['unchanged']);
    expect(sent).toEqual(['a']);
  });

  test('is not taken for granted after an undecided change', async () => {
    const { event, deliver, sent, time } = scene();
    await deliver([event(1, 'a')]);
    await deliver([event(2, 'b')], () => timeout);
    time.advance(DAY);
    await deliver([event(3, 'a')]);
    expect(sent.at(-1)).toBe('a');
    expect(sent).toHaveLength(3);
  });
});

describe('a lease', () => {
  test('lets one of two invocations at once send, and the other one come back', async () => {
    const { event, deliver, sent } = scene();
    const both = await Promise.all([deliver([event(1, 'a')]), deliver([event(2, 'b')])]);
    const verdicts = both.flatMap((outcome) => outcome.verdicts).sort();
    expect(verdicts).toEqual(['applied', 'retry Busy']);
    expect(sent).toHaveLength(1);
  });

  test('is kept after a timeout, until nothing can be under way any more', async () => {
    const { event, deliver, sent, time, read } = scene();
    const begin = time.now();
    await deliver([event(1, 'a')], () => timeout);
    // What is left of the invocation, the call's timeout, and 10 s for clocks.
    const leaseUntil = begin + INVOCATION.remainingMilliseconds + 25_000 + 10_000;
    expect(await read()).toMatchObject({ leaseUntil });
    const held = await deliver([event(1, 'a')]);
    const [{ verdict } = { verdict: undefined }] = held.outcomes;
    const seconds = Math.ceil((leaseUntil - time.now()) / 1_000) + 1;
    expect(verdict).toMatchObject({ reason: 'Busy', retryWithinSeconds: seconds });
    time.advance(leaseUntil - time.now() + 1);
    expect((await deliver([event(1, 'a')])).verdicts).toEqual(['applied']);
    expect(new Set(sent)).toEqual(new Set(['a']));
  });

  test('is kept where no answer was followed by success, since that call may yet arrive', async () => {
    const { event, deliver, read } = scene();
    let calls = 0;
    const { verdicts } = await deliver([event(1, 'a')], () => {
      calls += 1;
      return calls === 1 ? broken() : success();
    });
    expect(verdicts).toEqual(['applied']);
    expect((await read())?.leaseUntil).toBeDefined();
    expect((await read())?.title).toMatchObject({ isKnown: true, unsettled: [] });
  });

  test.each([
    ['success', success(), 'applied'],
    ['a refusal', refusal(), 'retry SystemicRefusal'],
    ['throttling', answer(429), 'retry Throttled'],
  ])('is freed after %s', async (_name, given, verdict) => {
    const { event, deliver, read } = scene();
    expect((await deliver([event(1, 'a')], () => given)).verdicts).toEqual([verdict]);
    expect((await read())?.leaseUntil).toBeUndefined();
  });

  test('of an invocation that died lapses by itself', async () => {
    const { event, deliver, time } = scene();
    await new Promise<void>((resolve) => {
      const send = () => {
        resolve();
        return new Promise<never>(() => {});
      };
      const dying = dependencies({ send, clock: time, ledger: ledger.store });
      void run(sqsEvent(event(1, 'a')), dying, { ...INVOCATION, requestId: 'request-dying' });
    });
    expect((await deliver([event(2, 'b')])).verdicts).toEqual(['retry Busy']);
    time.advance(DAY);
    expect((await deliver([event(2, 'b')])).verdicts).toEqual(['applied']);
  });
});

describe('while the ledger is down', () => {
  const failure = errorNamed('InternalServerError');

  test.each([['load'], ['put']])(
    'nothing is sent, and every message comes back: %s',
    async (at) => {
      const { event, deliver, sent } = scene();
      const down = failing(ledger.store, (request) => (request === at ? failure : undefined));
      const { verdicts } = await deliver([event(1, 'a'), event(2, 'b')], () => success(), down);
      expect(verdicts).toEqual(['retry LedgerUnavailable', 'retry LedgerUnavailable']);
      expect(sent).toEqual([]);
    },
  );

  test('what it could not settle is not acknowledged, and is sent again', async () => {
    const { event, deliver, sent, time } = scene();
    const down = failing(ledger.store, (request, nth) =>
      request === 'put' && nth === 2 ? failure : undefined,
    );
    const { verdicts } = await deliver([event(1, 'a')], () => success(), down);
    expect(verdicts).toEqual(['retry LedgerUnavailable']);
    time.advance(DAY);
    expect((await deliver([event(1, 'a')])).verdicts).toEqual(['applied']);
    expect(sent).toEqual(['a', 'a']);
  });

  test('but only by now, what was confirmed before is acknowledged, and what is next comes back', async () => {
    const { time } = scene();
    const first = 100_000;
    const bodies = Array.from({ length: 60 }, (_, n) => ({ guid: guid(first + n), title: 't' }));
    const down = failing(ledger.store, (request, nth) =>
      request === 'load' && nth === 2 ? failure : undefined,
    );
    const { outcomes } = await run(
      sqsEvent(...bodies.map((body) => sqsRecord({ body }))),
      dependencies({ clock: time, ledger: down }),
      { ...INVOCATION, requestId: 'request-half' },
    );
    const kinds = outcomes.map(({ verdict }) => verdict.kind);
    expect(kinds).toEqual([...Array(50).fill('applied'), ...Array(10).fill('retry')]);
    const item = await ledger.read(guid(first));
    expect(item).toMatchObject({ title: { isKnown: true } });
    expect(item?.leaseUntil).toBeUndefined();
  });

  test('what was refused is not dead-lettered before the ledger knows', async () => {
    const { event, deliver } = scene();
    const down = failing(ledger.store, (request, nth) =>
      request === 'put' && nth === 2 ? failure : undefined,
    );
    const { verdicts } = await deliver([event(1, 'a')], () => refusal(), down);
    expect(verdicts).toEqual(['retry LedgerUnavailable']);
  });
});

test('an image of which a look leaves nothing to send is free before the next update ends', async () => {
  const [same, other] = [guid(200_001), guid(200_002)];
  const titles = { [same]: 'as it is', [other]: 'old' };
  const listed = Object.entries(titles).map(([id, title]) => ({ guid: id, title, products: [] }));
  const { time } = scene();
  const usual = dependencies();
  let leaseUntil: number | undefined = Number.NaN;
  await run(
    sqsEvent(...[same, other].map((id) => sqsRecord({ body: { guid: id, title: 'as it is' } }))),
    {
      ...usual,
      clock: time,
      ledger: ledger.store,
      limits: { ...usual.limits, virtualInventory: 'protect' },
      listImages: async () => answer(200, { status: { success: true }, images: listed }),
      send: async () => {
        leaseUntil = (await ledger.read(same))?.leaseUntil;
        return success();
      },
    },
    { ...INVOCATION, requestId: 'request-looks' },
  );
  expect(leaseUntil).toBeUndefined();
});

test('without a ledger everything is sent, old or not', async () => {
  const { event, deliver, sent } = scene();
  await deliver([event(2, 'new')], () => success(), 'none');
  await deliver([event(1, 'old')], () => success(), 'none');
  expect(sent).toEqual(['new', 'old']);
});
