import type { Rejection } from '../../lambda/verdicts/reasons.ts';

/** A body that can never be processed, and the reason that its dead letter has to give. */
interface InvalidBody {
  readonly reason: Rejection;
  readonly body: string;
}

/**
 * @param n a number that makes the body unlike all others
 * @param guid an image that other events are about
 */
export type MakeInvalid = (n: number, guid: string) => InvalidBody;

const GUID = '00000000-abcd-4000-8000-000000000000';

const invalid =
  (reason: Rejection, write: (n: number, guid: string) => string): MakeInvalid =>
  (n, guid) => ({ reason, body: write(n, guid) });

/** A change that would go through, or be superseded, if what is wrong with it were ignored. */
const nearlyRight = (reason: Rejection, parts: (never: string) => object): MakeInvalid =>
  invalid(reason, (n, guid) => JSON.stringify({ guid, event: n, ...parts(`never ${n}`) }));

const valid = (n: number) => ({ guid: GUID, title: `never ${n}`, event: n });

/** One of a kind: the contract's own tests know many more of each. */
export const INVALID_BODIES: readonly MakeInvalid[] = [
  invalid('NotJson', (n) => `{"event": ${n}, "title": `),
  invalid('ByteOrderMark', (n) => `\uFEFF${JSON.stringify(valid(n))}`),
  invalid('NotAnObject', (n) => JSON.stringify([valid(n)])),
  invalid('NestedTooDeep', (n) => `{"event":${n},"a":${'['.repeat(200)}${']'.repeat(200)}}`),
  invalid('LoneSurrogate', (n) => `{"event":${n},"guid":"${GUID}","title":"\\ud83d"}`),
  invalid('ForbiddenKey', (n) => `{"event":${n},"guid":"${GUID}","__proto__":{}}`),
  invalid('InvalidEnvelope', (n) => JSON.stringify({ specversion: '0.3', data: valid(n) })),
  invalid('InvalidEvent', (n) => JSON.stringify({ event: n, images: [] })),
  invalid('InvalidEvent', (n) => JSON.stringify({ images: [valid(n), { guid: GUID }] })),
  invalid('InvalidEvent', (n) => JSON.stringify({ ...valid(n), guid: `image ${n}` })),
  invalid('TimeAhead', (n) => JSON.stringify({ ...valid(n), time: '2100-01-01T00:00:00Z' })),
  nearlyRight('InvalidEvent', (never) => ({ Title: never, description: never })),
  nearlyRight('InvalidEvent', (never) => ({ title: never, accountKey: 'account-1' })),
  nearlyRight('InvalidEvent', (never) => ({ title: never, updated_at: '2020-01-01T00:00:00Z' })),
  invalid('InvalidEvent', (n, guid) =>
    JSON.stringify({ images: [{ guid, title: `never ${n}`, account_key: 'account-1' }] }),
  ),
  nearlyRight('TimeTooOld', (never) => ({ title: never, time: '0001-01-01T00:00:00Z' })),
  nearlyRight('TimeTooOld', (never) => ({ title: never, time: '1970-01-21T01:12:36Z' })),
  invalid('ConflictingImages', (n) => JSON.stringify({ images: [valid(n), valid(n + 1)] })),
];
