import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE, SECOND } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

function stream(accounts: number, events: number, until: number): Stream {
  return {
    name: 'healthy',
    prefix: '0ea10002',
    events,
    from: 0,
    until,
    accounts: Array.from({ length: accounts }, (_, at) => `account-${at}`),
  };
}

function world(events: number, until: number) {
  return fullSize({ streams: [stream(100, events, until)], finerworks: { latency: SECOND } });
}

export const MANY_ACCOUNTS: WorldKind = {
  name: 'many-accounts',
  about: 'a hundred accounts that are well, each with its own calls of a second',
  variants: [
    {
      name: 'one-event-each',
      scenario: world(100, 0),
      bounds: { applied: ['healthy'], timesCallTime: 1.5, looksInVain: 0 },
    },
    {
      name: '5-a-second',
      scenario: world(18_000, HOUR),
      bounds: { applied: ['healthy'], timesCallTime: 1.5 },
    },
  ],
  small: (usual, random) => {
    const accounts = random.integer(5, 30);
    const until = random.pick([0, random.between(0, 5) * MINUTE]);
    return smallSize(usual, { streams: [stream(accounts, random.integer(10, 60), until)] });
  },
};
