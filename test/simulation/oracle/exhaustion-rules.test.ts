import { describe, expect, test } from '@jest/globals';
import { type GivenUp, violatedByGivingUp } from '../../../simulation/oracle/exhaustion-rules.ts';
import { producedEvent } from '../../helpers/produced-events.ts';
import { invocationOf, receivedOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const HOUR = 3_600_000;
const EVENT = producedEvent('e1');

function givenUp(receives: number, given: Partial<GivenUp> = {}): GivenUp {
  return {
    event: EVENT,
    failure: {
      reason: 'RetriesExhausted',
      lastReason: 'Network',
      guids: [],
      attempts: receives,
      requestId: 'request-i1',
      origin: { messageId: EVENT.messageId, sentTimestamp: 0 },
    },
    invocation: invocationOf({ records: [receivedOf(EVENT, { receives })] }),
    settings: simulatedSettings({ maxReceiveCount: 8 }),
    now: HOUR,
    deaths: 0,
    ...given,
  };
}

describe('a record may be given up', () => {
  test('at the last permitted receive', () => {
    expect(violatedByGivingUp(givenUp(8))).toBeUndefined();
    expect(violatedByGivingUp(givenUp(7))).toBe('ExhaustedEarly');
  });

  test('once it was tried for as long as it may be', () => {
    expect(violatedByGivingUp(givenUp(3, { now: 48 * HOUR }))).toBeUndefined();
    expect(violatedByGivingUp(givenUp(3, { now: 47 * HOUR }))).toBe('ExhaustedEarly');
  });

  test('when the queue is about to drop it', () => {
    const settings = simulatedSettings({ retryHours: 336, retentionHours: 24 });
    expect(violatedByGivingUp(givenUp(3, { settings, now: 23 * HOUR }))).toBeUndefined();
    expect(violatedByGivingUp(givenUp(3, { settings, now: 20 * HOUR }))).toBe('ExhaustedEarly');
  });

  test('as one that kills the process after four deaths, and not before', () => {
    const failure = { ...givenUp(6).failure, lastReason: 'Crashed' };
    expect(violatedByGivingUp(givenUp(6, { failure, deaths: 4 }))).toBeUndefined();
    expect(violatedByGivingUp(givenUp(6, { failure, deaths: 3 }))).toBe('ExhaustedEarly');
  });
});

test('with the default receives an outage never uses them up', () => {
  const settings = simulatedSettings();
  expect(violatedByGivingUp(givenUp(1_000, { settings }))).toBe('OutageExhausted');
});
