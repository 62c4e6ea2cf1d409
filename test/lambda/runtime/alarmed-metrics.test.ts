import { describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import type { Call } from '../../../lambda/finerworks/call.ts';
import { run } from '../../../lambda/pipeline.ts';
import { alarmedAges, alarmedCounts } from '../../../lambda/runtime/alarmed-metrics.ts';
import { NO_AGES, NO_ALARM } from '../../../lambda/runtime/metric-names.ts';
import { answer, badKeys, refusal, success } from '../../helpers/answers.ts';
import { newMemory } from '../../helpers/delivery.ts';
import { dependencies, INVOCATION } from '../../helpers/flow.ts';
import { guid, type RecordParts, sqsEvent, sqsRecord } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const HOUR = 3_600_000;

/**
 * Processes records again and again, as one sandbox would, in an account of which something went through.
 *
 * @param answerOf what FinerWorks answers to an update
 * @returns what the last invocation counts
 */
async function countedAfter(
  invocations: number,
  records: readonly SQSRecord[],
  answerOf: (call: Call) => Answer,
) {
  const clock = virtualTime();
  const send = async (call: Call) => {
    clock.advance(200);
    return answerOf(call);
  };
  const flow = dependencies({ clock, memory: newMemory(clock), send });
  await run(sqsEvent(recordOf(9)), { ...flow, send: async () => success() }, INVOCATION);
  for (let nth = 1; nth < invocations; nth += 1) {
    await run(sqsEvent(...records), flow, INVOCATION);
    clock.advance(60_000);
  }
  const result = await run(sqsEvent(...records), flow, INVOCATION);
  const { outcomes, failing, figures } = result;
  return {
    ...NO_ALARM,
    ...NO_AGES,
    ...alarmedCounts(outcomes, failing),
    ...alarmedAges(outcomes, failing, clock.now()),
    ...figures,
  };
}

const recordOf = (n: number, parts: RecordParts = {}) =>
  sqsRecord({ body: { guid: guid(n), title: `title ${n}` }, ...parts });

/** FinerWorks fails on image 1, and on no other. */
const failsOnFirst = ({ updates }: Call) =>
  updates.some((update) => update.guid === guid(1)) ? answer(500) : success();

describe('what alarms watch', () => {
  test('is all zero where nothing happens', async () => {
    const counted = await countedAfter(1, [recordOf(2)], () => success());
    expect(counted).toMatchObject({ ...NO_ALARM, ...NO_AGES, refusedImages: 0 });
  });

  test('tells an image that fails alone from an outage, by the age of what it returns', async () => {
    const records = [recordOf(1), recordOf(2), recordOf(3)];
    const lone = await countedAfter(2, records, failsOnFirst);
    expect(lone.ReturnedAge).toBe(0);
    expect(lone.FailingAge).toBeGreaterThan(0);
    const outage = await countedAfter(2, records, () => answer(500));
    expect(outage.ReturnedAge).toBeGreaterThan(0);
    expect(outage.FailingAge).toBe(0);
  });

  test('counts what is given up as the image’s fault where it fails alone, else as ours', async () => {
    const old = { receiveCount: 1_000 };
    const records = [recordOf(1, old), recordOf(2)];
    const lone = await countedAfter(2, records, failsOnFirst);
    expect(lone).toMatchObject({ FaultyImages: 1, RetriesExhausted: 0 });
    const outage = await countedAfter(2, records, () => answer(500));
    expect(outage).toMatchObject({ FaultyImages: 0, RetriesExhausted: 1 });
  });

  test('keeps faults of producers and refusals of FinerWorks apart', async () => {
    const refusesFirst = ({ updates }: Call) =>
      updates.some((update) => update.guid === guid(1)) ? refusal() : success();
    const sentAt = Date.parse('2026-11-23T10:00:00Z') - HOUR;
    const records = [
      recordOf(1, { sentTimestamp: sentAt }),
      recordOf(2),
      sqsRecord({ body: '{' }),
      sqsRecord({ body: { guid: 'none', title: 'a' } }),
    ];
    const counted = await countedAfter(1, records, refusesFirst);
    expect(counted).toMatchObject({ InvalidEvents: 2, FaultyImages: 1, RetriesExhausted: 0 });
  });

  test('counts images that are refused with nothing taken, each once', async () => {
    const lone = await countedAfter(3, [recordOf(1)], () => refusal());
    expect(lone.refusedImages).toBe(1);
    const all = await countedAfter(
      3,
      [1, 2, 3, 4, 5, 6].map((n) => recordOf(n)),
      () => refusal(),
    );
    expect(all.refusedImages).toBeGreaterThanOrEqual(5);
  });

  test('counts records that wait for keys', async () => {
    const counted = await countedAfter(1, [recordOf(1), recordOf(2)], () => badKeys);
    expect(counted).toMatchObject({ ...NO_ALARM, KeyFailures: 2 });
  });
});
