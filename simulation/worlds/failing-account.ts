import type { Disturbance } from '../finerworks/disturbance.ts';
import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

type Failure = Pick<Disturbance, 'how' | 'retryAfterSeconds'>;

const FAILURES: readonly (Failure & { readonly name: string })[] = [
  { name: 'hang', how: 'hangs' },
  { name: '403', how: 'forbidden' },
  { name: '429', how: 'throttled', retryAfterSeconds: 3_600 },
  { name: '500', how: 'serverError' },
];

function streams(failing: number, healthy: number, until: number): Stream[] {
  return [
    { name: 'failing', prefix: 'fa110002', events: failing, from: 0, until, accounts: ['sick'] },
    { name: 'healthy', prefix: '0ea10003', events: healthy, from: 0, until, accounts: ['well'] },
  ];
}

function disturbance({ how, retryAfterSeconds }: Failure, until: number): Disturbance {
  return {
    how,
    from: 0,
    until,
    listsToo: true,
    account: 'sick',
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

function variantOf(name: string, failure: Failure, failing: number) {
  return {
    name,
    scenario: fullSize({
      streams: streams(failing, 3_600, HOUR),
      disturbances: [disturbance(failure, HOUR)],
    }),
    bounds: { applied: ['failing', 'healthy'], timesUndisturbed: { healthy: 2 } },
  };
}

export const FAILING_ACCOUNT: WorldKind = {
  name: 'failing-account',
  about: 'every call of one account fails, beside an account that is well',
  variants: [
    ...FAILURES.map((failure) => variantOf(failure.name, failure, 3_600)),
    variantOf('hang-once-a-minute', { how: 'hangs' }, 60),
  ],
  small: (usual, random) => {
    const until = random.between(5, 30) * MINUTE;
    return smallSize(usual, {
      streams: streams(random.integer(1, 30), random.integer(5, 30), until),
      disturbances: [disturbance(random.pick(FAILURES), until)],
    });
  },
};
