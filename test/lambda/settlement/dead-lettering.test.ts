import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import { bytesOf, groupingOf } from '../../../lambda/settlement/dead-letter.ts';
import {
  type DeadLetterDependencies,
  type DeadLetterEntry,
  deadLetter as deadLetterWith,
} from '../../../lambda/settlement/dead-lettering.ts';
import { type RecordOutcome, settle } from '../../../lambda/settlement/settle.ts';
import type { Verdict } from '../../../lambda/verdicts/verdict.ts';
import { VerdictRegistry } from '../../../lambda/verdicts/verdict-registry.ts';
import { update } from '../../helpers/delivery.ts';
import { receiptsFor } from '../../helpers/flow.ts';
import { readingOf } from '../../helpers/readings.ts';
import { FIFO_QUEUE_ARN, sqsRecord } from '../../helpers/records.ts';

const context = { now: 0, requestId: 'r' };
const applied: Verdict = { kind: 'applied' };
const retried: Verdict = { kind: 'retry', reason: 'Timeout', detail: 't' };
const rejected: Verdict = { kind: 'rejected', reason: 'Refused', detail: 'no' };
const outcome = (verdict: Verdict, body: unknown = 'x'): RecordOutcome => ({
  parsed: readingOf({ body }),
  verdict,
});
/** A dead-letter queue that takes everything, beside a table that keeps everything. */
const evidence = rememberEvidence();
const limits = { maxReceiveCount: 1_000, retryHours: 48, retentionHours: 168 };
const confirmAll = async (entries: readonly DeadLetterEntry[]) => receiptsFor(entries);
const deadLetter = (
  all: readonly RecordOutcome[],
  sendDeadLetters: DeadLetterDependencies['sendDeadLetters'],
) => deadLetterWith(all, { sendDeadLetters, evidence, limits }, context);
const kinds = (outcomes: readonly RecordOutcome[]) => outcomes.map(({ verdict }) => verdict.kind);

describe('dead-lettering', () => {
  test('sends what is rejected and touches nothing else', async () => {
    const sent: DeadLetterEntry[] = [];
    const all = [outcome(applied), outcome(rejected, 'bad'), outcome(retried)];
    const after = await deadLetter(all, async (e) => confirmAll(sent.push(...e) ? e : e));
    expect(after).toMatchObject(all);
    expect(sent.map(({ MessageBody }) => MessageBody)).toEqual(['bad']);
  });

  test.each([
    ['of no group', {}, {}],
    ['of a fair queue', { messageGroupId: 'acme' }, { MessageGroupId: 'acme' }],
    [
      'of a FIFO queue',
      { messageGroupId: 'acme', eventSourceARN: FIFO_QUEUE_ARN },
      { MessageGroupId: 'acme', MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ],
  ])('keeps the group of a record %s', async (_name, parts, grouping) => {
    const sent: DeadLetterEntry[] = [];
    const all = [{ parsed: readingOf(parts), verdict: rejected }];
    await deadLetter(all, async (e) => confirmAll(sent.push(...e) ? e : e));
    const { Id: _id, MessageBody: _body, MessageAttributes: _attributes, ...rest } = sent[0] ?? {};
    expect(rest).toEqual(grouping);
  });

  test('lets a FIFO queue know the record that it sends twice, and tell two records apart', () => {
    const idOf = (messageId: string, body: string) =>
      groupingOf(
        sqsRecord({ messageId, body, messageGroupId: 'acme', eventSourceARN: FIFO_QUEUE_ARN }),
      ).MessageDeduplicationId;
    expect(idOf('m1', 'x')).toBe(idOf('m1', 'x'));
    expect(idOf('m1', 'x')).not.toBe(idOf('m2', 'x'));
  });

  test('turns what the queue did not confirm into a retry: Failed[] is read', async () => {
    const all = Array.from({ length: 3 }, () => outcome(rejected));
    const after = await deadLetter(all, async () => new Map([['1', 'letter']]));
    expect(kinds(after)).toEqual(['retry', 'rejected', 'retry']);
    expect(after[0]?.verdict).toMatchObject({ reason: 'DeadLetterFailed' });
  });

  test('turns everything into a retry where the queue can’t be reached, and asks it no more', async () => {
    let requests = 0;
    const all = Array.from({ length: 250 }, () => outcome(rejected));
    const after = await deadLetter(all, async () => {
      requests += 1;
      throw new Error('unreachable');
    });
    expect(new Set(kinds(after))).toEqual(new Set(['retry']));
    expect(requests).toBe(10);
  });

  test('keeps batches within 10 entries and 1 MiB, and the ids within a batch distinct', async () => {
    const bodies = Array.from({ length: 35 }, (_, n) => 'b'.repeat(n % 3 === 0 ? 400_000 : 10));
    const batches: (readonly DeadLetterEntry[])[] = [];
    await deadLetter(
      bodies.map((body) => outcome(rejected, body)),
      async (entries) => {
        batches.push(entries);
        return confirmAll(entries);
      },
    );
    expect(batches.flat()).toHaveLength(35);
    for (const batch of batches) {
      expect(batch.length).toBeLessThanOrEqual(10);
      expect(batch.reduce((sum, entry) => sum + bytesOf(entry), 0)).toBeLessThanOrEqual(1_048_576);
      expect(new Set(batch.map(({ Id }) => Id)).size).toBe(batch.length);
    }
  });
});

describe('settling', () => {
  const one = { body: { guid: update(1).guid, title: 'a' } };

  test('gives each of two records with one message id its own verdict', () => {
    const [first, second] = [
      readingOf({ ...one, messageId: 'm' }),
      readingOf({ ...one, messageId: 'm' }),
    ];
    const registry = new VerdictRegistry();
    const [change] = first.changes;
    if (change) registry.record({ ...change, changes: [change] }, applied);
    expect(kinds(settle([first, second], registry))).toEqual(['applied', 'retry']);
  });

  test('retries a record with any image to retry, else rejects it with any image rejected', () => {
    const verdicts = fc.array(fc.constantFrom(applied, retried, rejected, undefined), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(verdicts, (ofImages) => {
        const images = ofImages.map((_, n) => ({ guid: update(n).guid, title: 'a' }));
        const parsed = readingOf({ body: { images } });
        const registry = new VerdictRegistry();
        for (const [n, change] of parsed.changes.entries()) {
          const verdict = ofImages[n];
          if (verdict) registry.record({ ...change, changes: [change] }, verdict);
        }
        const mustRetry = ofImages.includes(retried) || ofImages.includes(undefined);
        const otherwise = ofImages.includes(rejected) ? 'rejected' : 'applied';
        expect(kinds(settle([parsed], registry))).toEqual([mustRetry ? 'retry' : otherwise]);
      }),
    );
  });

  test('tells of all rejected images in one dead letter', () => {
    const images = [1, 2, 3].map((n) => ({ guid: update(n).guid, title: 'a' }));
    const parsed = readingOf({ body: { images } });
    const registry = new VerdictRegistry();
    for (const [n, change] of parsed.changes.entries()) {
      const verdict: Verdict =
        n === 1 ? applied : { ...rejected, detail: `no ${n}`, guids: [change.guid] };
      registry.record({ ...change, changes: [change] }, verdict);
    }
    expect(settle([parsed], registry)[0]?.verdict).toMatchObject({
      detail: 'no 0; no 2',
      guids: [update(1).guid, update(3).guid],
    });
  });
});
