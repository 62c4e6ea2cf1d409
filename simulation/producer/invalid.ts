import type { Rejection } from '../../lambda/reasons.ts';

/** A body that can never be processed, and the reason that its dead letter has to give. */
export interface InvalidBody {
  readonly reason: Rejection;
  readonly body: string;
}

/** @param n a number that makes the body unlike all others */
export type MakeInvalid = (n: number) => InvalidBody;

const GUID = '00000000-abcd-4000-8000-000000000000';

const invalid =
  (reason: Rejection, write: (n: number) => string): MakeInvalid =>
  (n) => ({ reason, body: write(n) });

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
  invalid('ConflictingImages', (n) => JSON.stringify({ images: [valid(n), valid(n + 1)] })),
];
