import type { Stream } from '../producer/stream.ts';
import type { Scenario, Settings } from '../scenario.ts';
import { fullSize } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Variant, WorldKind } from './world-kind.ts';

const PREFIX = 'dead0000';

/** Without the ledger only SQS ends its retries, which must come before it drops the message (docs/retries.md). */
const RECEIVES_WITHOUT_LEDGER = 200;

function settingsOf({ settings }: Scenario): Settings {
  const { ledger, maxReceiveCount } = settings;
  const most = ledger ? maxReceiveCount : RECEIVES_WITHOUT_LEDGER;
  return { ...settings, maxReceiveCount: Math.min(maxReceiveCount, most) };
}

function streams(neighbours: number): Stream[] {
  return [
    { name: 'neighbours', prefix: '900d0002', events: neighbours, from: 0, until: 0 },
    { name: 'killer', prefix: PREFIX, events: 1, from: 0, until: 0 },
  ];
}

function variantOf(when: 'reading' | 'calling'): Variant {
  return {
    name: when,
    // One sandbox at work, so that all are in one batch.
    scenario: fullSize({
      streams: streams(499),
      killer: { prefix: PREFIX, when },
      settings: { maxConcurrency: 1 },
    }),
    bounds: {
      applied: ['neighbours'],
      withinMinutes: { neighbours: 40 },
      deadLettered: { killer: { reason: 'RetriesExhausted', lastReasons: ['Crashed'] } },
    },
  };
}

export const KILLER_RECORD: WorldKind = {
  name: 'killer-record',
  about: 'one record of a batch ends the process that touches it',
  variants: [variantOf('reading'), variantOf('calling')],
  small: (usual, random) =>
    smallSize(usual, {
      settings: settingsOf(usual),
      streams: streams(random.integer(1, 40)),
      killer: { prefix: PREFIX, when: random.pick(['reading', 'calling']) },
    }),
};
