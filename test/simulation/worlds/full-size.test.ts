import { expect, test } from '@jest/globals';
import { RETENTION_HOURS } from '../../../infra/queues.ts';
import { readSettings } from '../../../infra/settings.ts';
import { fullSize } from '../../../simulation/worlds/full-size.ts';

test('a world of full size has the settings of a stack that sets nothing', () => {
  const stack = readSettings({});
  const simulated = fullSize({ streams: [] }).settings;
  expect({
    ...stack,
    callsPerSecond: stack.callsPerSecond,
    ledger: stack.ledger === 'on',
    retentionHours: RETENTION_HOURS,
  }).toMatchObject(simulated);
});
