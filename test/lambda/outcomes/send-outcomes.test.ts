import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from '../../../lambda/outcomes/outcome.ts';
import { OUTCOME_KINDS } from '../../../lambda/outcomes/outcome-kinds.ts';
import { outcomesToTell } from '../../../lambda/outcomes/outcomes-to-tell.ts';
import { type SendOutcomes, sendOutcomes } from '../../../lambda/outcomes/send-outcomes.ts';
import { guid } from '../../helpers/records.ts';
import { settlementOf } from '../../helpers/settlements.ts';

/** Outcomes of so many events. */
function outcomesOf(count: number, images = 1): Outcome[] {
  const records = Array.from({ length: count }, (_, event) => {
    const body = {
      images: Array.from({ length: images }, (_, n) => ({ guid: guid(event + n), title: 'a' })),
    };
    return settlementOf({ kind: 'applied' }, { body });
  });
  const settings = { kinds: OUTCOME_KINDS, service: 'test' };
  return outcomesToTell(records, settings, { requestId: 'request', now: 0 });
}

/** Sends, and tells what was sent and what was lost. */
async function sent(outcomes: readonly Outcome[], answer: SendOutcomes) {
  const requests: (readonly Outcome[])[] = [];
  let pauses = 0;
  const lost = await sendOutcomes(outcomes, {
    send: async (batch) => {
      requests.push(batch);
      return answer(batch);
    },
    pause: async () => {
      pauses += 1;
    },
  });
  return { requests, pauses, lost };
}

const TAKEN = new Map<number, string>();

test('a batch has ten outcomes at most', async () => {
  const { requests, lost, pauses } = await sent(outcomesOf(25), async () => TAKEN);
  expect(requests.map(({ length }) => length)).toEqual([10, 10, 5]);
  expect([lost.size, pauses]).toEqual([0, 0]);
});

test('ten requests are under way at once, and no more', async () => {
  let [underWay, most] = [0, 0];
  await sent(outcomesOf(250), async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    return TAKEN;
  });
  expect(most).toBe(10);
});

test('a batch holds what a request may', async () => {
  const { requests } = await sent(outcomesOf(7, 3_000), async () => TAKEN);
  for (const batch of requests) {
    expect(Buffer.byteLength(batch.map((one) => JSON.stringify(one)).join(''))).toBeLessThan(
      262_144,
    );
  }
  expect(requests.flat()).toHaveLength(7);
});

describe('what is not taken', () => {
  test('is sent once more, and nothing else is', async () => {
    const outcomes = outcomesOf(12);
    let isFirst = true;
    const { requests, lost, pauses } = await sent(outcomes, async () => {
      const answer = isFirst ? new Map([[3, 'ThrottlingException']]) : TAKEN;
      isFirst = false;
      return answer;
    });
    expect(requests.map(({ length }) => length)).toEqual([10, 2, 1]);
    expect(requests[2]).toEqual([outcomes[3]]);
    expect([lost.size, pauses]).toEqual([0, 1]);
  });

  test('is lost then, each with its own reason', async () => {
    const outcomes = outcomesOf(3);
    const { lost } = await sent(outcomes, async (batch) => {
      return new Map(batch.flatMap(({ id }, at) => (id === 'request-1' ? [] : [[at, `no ${id}`]])));
    });
    expect([...lost]).toEqual([
      [outcomes[0], 'no request-0'],
      [outcomes[2], 'no request-2'],
    ]);
  });

  test('may be a whole request, of which the error is told', async () => {
    const { requests, lost } = await sent(outcomesOf(2), async () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    });
    expect(requests).toHaveLength(2);
    expect([...lost.values()]).toEqual(['AccessDeniedException', 'AccessDeniedException']);
  });
});

test('whatever is refused, each outcome was taken or is lost, and none is sent a third time', async () => {
  const fates = fc.array(fc.constantFrom('taken', 'refused', 'thrown'), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fates, async (count, plan) => {
      const outcomes = outcomesOf(count);
      const taken = new Set<Outcome>();
      let step = 0;
      const fate = () => plan[step++ % plan.length];
      const { requests, lost } = await sent(outcomes, async (batch) => {
        if (fate() === 'thrown') throw new Error('no');
        return new Map(
          batch.flatMap((outcome, position) => {
            if (fate() === 'refused') return [[position, 'no']];
            taken.add(outcome);
            return [];
          }),
        );
      });
      expect(new Set([...taken, ...lost.keys()])).toEqual(new Set(outcomes));
      expect(taken.size + lost.size).toBe(count);
      for (const sendings of Map.groupBy(requests.flat(), (outcome) => outcome).values()) {
        expect(sendings.length).toBeLessThanOrEqual(2);
      }
    }),
  );
});
