import type { Field } from '../../lambda/contract/fields.ts';
import type { Stream } from '../producer/stream.ts';
import type { Settings } from '../scenario.ts';
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

function world(events: number, until: number, settings: Partial<Settings> = {}) {
  const streams = [stream(100, events, until)];
  return fullSize({ streams, settings, finerworks: { latency: SECOND } });
}

/** Each image has its title from one account and its description from another one, often in one batch. */
function half(account: string, field: Field): Stream {
  return {
    ...{ name: account, prefix: '0ea10002', events: 600, from: 0, until: 10 * MINUTE },
    ...{ images: 3, accounts: [account], field },
    // What is set again is not sent again, if the ledger knows that it is there.
    texts: ['A', 'A', 'A', 'A', 'B', 'B', 'B', 'B'],
  };
}

const HALVES = [half('titles', 'title'), half('descriptions', 'description')];

export const MANY_ACCOUNTS: WorldKind = {
  name: 'many-accounts',
  about: 'a hundred accounts that are well, each with its own calls of a second',
  variants: [
    {
      name: 'one-event-each',
      scenario: world(100, 0),
      bounds: { applied: ['healthy'], timesCallTime: 1.5, listsInVain: 0 },
    },
    {
      name: 'one-event-each-3-at-once',
      scenario: world(100, 0, { callsAtOnce: 3 }),
      bounds: { applied: ['healthy'], timesCallTime: 1.5, listsInVain: 0 },
    },
    {
      name: '5-a-second',
      scenario: world(18_000, HOUR),
      bounds: { applied: ['healthy'], timesCallTime: 1.5 },
    },
    {
      name: 'two-of-an-image',
      scenario: fullSize({ streams: HALVES }),
      bounds: { applied: ['titles', 'descriptions'] },
    },
    {
      name: 'two-of-an-image-3-at-once',
      scenario: fullSize({ streams: HALVES, settings: { callsAtOnce: 3 } }),
      bounds: { applied: ['titles', 'descriptions'] },
    },
  ],
  small: (usual, random) => {
    const accounts = random.integer(5, 30);
    const until = random.pick([0, random.between(0, 5) * MINUTE]);
    return smallSize(usual, { streams: [stream(accounts, random.integer(10, 60), until)] });
  },
};
