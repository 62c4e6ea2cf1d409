import { describe, expect, test } from '@jest/globals';
import type { EvidenceStore, MessageNote } from '../../lambda/evidence/evidence-store.ts';
import { rememberEvidence } from '../../lambda/evidence/memory-evidence.ts';
import type { Answer } from '../../lambda/finerworks/answer.ts';
import { run } from '../../lambda/pipeline.ts';
import type { DeadLetterEntry } from '../../lambda/settlement/dead-lettering.ts';
import type { DeleteEntry } from '../../lambda/settlement/deletion.ts';
import type { VisibilityEntry } from '../../lambda/settlement/visibility.ts';
import { answer, success } from '../helpers/answers.ts';
import { reasonOf } from '../helpers/delivery.ts';
import { confirming, dependencies, INVOCATION, receiptsFor } from '../helpers/flow.ts';
import { guid, numberOf, sqsEvent, sqsRecord } from '../helpers/records.ts';
import { noteOf } from '../helpers/settlements.ts';
import { virtualTime } from '../helpers/virtual-time.ts';

/** A record of the n-th image, named so; suspected from its second receive on, unless there is a note. */
const recordOf = (n: number, receiveCount = 1) =>
  sqsRecord({ messageId: `m${n}`, receiveCount, body: { guid: guid(n), title: 'a' } });

const recordsOf = (from: number, count: number, receiveCount = 1) =>
  Array.from({ length: count }, (_, at) => recordOf(from + at, receiveCount));

interface Scene {
  readonly notes?: Readonly<Record<string, MessageNote>>;
  /** What comes of the call of these images; by default they are taken. */
  readonly answers?: (images: readonly number[]) => Answer | Promise<Answer>;
  readonly saveNotes?: EvidenceStore['saveNotes'];
}

/** Runs the flow on records, and keeps everything that it did to the world, in order. */
async function scene(
  records: readonly ReturnType<typeof recordOf>[],
  { notes = {}, answers = () => success(), saveNotes }: Scene = {},
) {
  const deeds: string[] = [];
  const nameOf = new Map(records.map(({ receiptHandle, messageId }) => [receiptHandle, messageId]));
  const time = virtualTime();
  const store = { ...rememberEvidence(), isShared: true };
  await store.saveNotes(new Map(Object.entries(notes)));
  const dead: DeadLetterEntry[] = [];
  const namesOf = (entries: readonly { readonly ReceiptHandle?: string | undefined }[]) =>
    entries.map(({ ReceiptHandle = '' }) => nameOf.get(ReceiptHandle)).join();
  const outcome = run(
    sqsEvent(...records),
    dependencies({
      clock: time,
      evidence: {
        ...store,
        saveNotes: async (saved) => {
          const brief = [...saved].map(([id, { begun, reason }]) => `${id} ${begun} ${reason}`);
          deeds.push(`note ${brief.join()}`);
          await (saveNotes ?? store.saveNotes)(saved);
        },
      },
      send: async ({ updates }) => {
        const images = updates.map((one) => numberOf(one.guid));
        deeds.push(`send ${images.join()}`);
        return answers(images);
      },
      deleteMessages: async (entries: readonly DeleteEntry[]) => {
        deeds.push(`delete ${namesOf(entries)}`);
        return confirming(entries);
      },
      changeVisibility: async (entries: readonly VisibilityEntry[]) => {
        const seconds = new Set(entries.map(({ VisibilityTimeout }) => VisibilityTimeout));
        deeds.push(`hide ${namesOf(entries)} for ${[...seconds].join()}`);
        return confirming(entries);
      },
      sendDeadLetters: async (entries) => {
        dead.push(...entries);
        deeds.push('bury');
        return receiptsFor(entries);
      },
    }),
    { ...INVOCATION, remainingMilliseconds: 120_000 },
  );
  return { outcome, deeds, dead, store, time };
}

describe('a record that came back without a word', () => {
  test('is touched after all others are done and deleted, its beginning noted before', async () => {
    const { outcome, deeds } = await scene([recordOf(1, 2), ...recordsOf(2, 2)]);
    const { response } = await outcome;
    expect(response.batchItemFailures).toEqual([]);
    expect(deeds).toEqual([
      'send 2,3',
      'delete m2,m3',
      'hide m1 for 120',
      'note m1 1 Crashed',
      'send 1',
      'delete m1',
    ]);
  });

  test('that kills the process takes nothing back that was done, and is known the next time', async () => {
    const forEver = new Promise<Answer>(() => {});
    const { deeds, store } = await scene([recordOf(1, 2), recordOf(2)], {
      answers: (images) => (images.includes(1) ? forEver : success()),
    });
    // The process is gone: nothing comes after its last deed.
    while (!deeds.includes('send 1')) await new Promise((resolve) => setImmediate(resolve));
    expect(deeds).toEqual([
      'send 2',
      'delete m2',
      'hide m1 for 120',
      'note m1 1 Crashed',
      'send 1',
    ]);
    expect((await store.loadNotes(['m1'])).get('m1')).toMatchObject({ begun: 1 });
  });

  test('that comes back after all says why, and is not suspected the next time', async () => {
    const { outcome, store } = await scene([recordOf(1, 2)], { answers: () => answer(500) });
    await outcome;
    expect((await store.loadNotes(['m1'])).get('m1')).toMatchObject({
      reason: 'ServerError',
      begun: 0,
    });
  });
});

describe('suspected records are touched', () => {
  test('32 at a time, those of each chunk deleted before the next one begins', async () => {
    const { outcome, deeds } = await scene(recordsOf(1, 40, 2));
    await outcome;
    expect(deeds.map((deed) => deed.split(' ')[0])).toEqual([
      // Nothing else was done: there is nothing to delete first. 40 records in four batch requests.
      ...['hide', 'hide', 'hide', 'hide'],
      ...['note', 'send', 'delete', 'delete', 'delete', 'delete'],
      ...['note', 'send', 'delete'],
    ]);
    const sent = deeds.filter((deed) => deed.startsWith('send'));
    expect(sent.map((deed) => deed.split(',').length)).toEqual([32, 8]);
  });

  test('fewer at a time with each death, the least suspected first', async () => {
    const records = recordsOf(1, 5, 3);
    const { outcome, deeds } = await scene(records, {
      notes: {
        m1: noteOf({ begun: 2 }),
        m2: noteOf({ begun: 1 }),
        m3: noteOf({ begun: 1 }),
        m4: noteOf({ begun: 3 }),
      },
    });
    await outcome;
    expect(deeds.filter((deed) => /^(note|send)/.test(deed))).toEqual([
      ...['note m5 1 Crashed', 'send 5'],
      ...['note m2 2 Timeout,m3 2 Timeout', 'send 2,3'],
      ...['note m1 3 Timeout', 'send 1'],
      ...['note m4 4 Timeout', 'send 4'],
    ]);
  });

  test('not at all where it could not be noted that they begin', async () => {
    const saveNotes = async () => {
      throw new Error('the table is down');
    };
    const { outcome, deeds } = await scene([recordOf(1, 2), recordOf(2)], { saveNotes });
    const { response, outcomes } = await outcome;
    expect(response.batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
    expect(reasonOf(outcomes.at(-1)?.verdict)).toBe('Deferred');
    expect(deeds.filter((deed) => deed.startsWith('send'))).toEqual(['send 2']);
    expect(deeds.at(-1)).toBe('hide m1 for 8');
  });

  test('not at all where there is no time, and are as suspected as before', async () => {
    const { outcome, deeds, store, time } = await scene([recordOf(1, 2), recordOf(2)], {
      answers: () => {
        time.advance(90_000);
        return success();
      },
    });
    const { outcomes } = await outcome;
    expect(reasonOf(outcomes.at(-1)?.verdict)).toBe('NoTimeLeft');
    expect(deeds).toEqual(['send 2', 'delete m2', 'hide m1 for 30', 'hide m1 for 8']);
    expect(await store.loadNotes(['m1'])).toEqual(new Map());
  });
});

describe('a record of four deaths', () => {
  test('is dead-lettered unread, with what is known', async () => {
    const { outcome, deeds, dead } = await scene([recordOf(1, 6), recordOf(2)], {
      notes: { m1: noteOf({ begun: 4 }) },
    });
    const { response } = await outcome;
    expect(response.batchItemFailures).toEqual([]);
    expect(deeds).toEqual(['send 2', 'bury']);
    expect(JSON.parse(dead[0]?.MessageAttributes?.failure?.StringValue ?? '{}')).toMatchObject({
      reason: 'RetriesExhausted',
      lastReason: 'Crashed',
      attempts: 6,
      origin: { messageId: 'm1' },
    });
  });
});

test('what came back with a note of how it ended is sound', async () => {
  const { outcome, deeds } = await scene([recordOf(1, 9), recordOf(2)], {
    notes: { m1: noteOf() },
  });
  await outcome;
  expect(deeds).toEqual(['send 1,2']);
});

test('other sandboxes are told what this one saw of accounts', async () => {
  const { outcome, store, time } = await scene([recordOf(1)]);
  await outcome;
  expect(await store.loadAccounts([null])).toEqual(
    new Map([[null, { lastSuccessAt: time.now(), refusedSince: [] }]]),
  );
});
