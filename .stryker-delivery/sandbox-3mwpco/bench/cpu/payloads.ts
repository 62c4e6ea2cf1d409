// @ts-nocheck
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { PeerEvent } from '../peers/event.ts';
import { FIRST_SENDING, recordOf, uuidOf } from '../records.ts';

/** Records of one invocation, each an event of about 200 bytes for an image of its own. */
export function eventOf(records: number): SQSEvent {
  return { Records: Array.from({ length: records }, (_, n) => recordOf(n, plainEvent(n))) };
}

/** One invocation carries at most 6 MB of payload (AWS: Lambda quotas). */
const MAX_PAYLOAD_BYTES = 6_000_000;
/** A message holds at most 1 MiB (AWS: SQS quotas); so many images fit with room to spare. */
const IMAGES_OF_LARGE_EVENT = 6_000;

/** The largest invocations there can be, of events of one image and of as many as a message holds. */
export const PAYLOADS = {
  'small events': () => largest((n) => plainEvent(n)),
  'large events': () =>
    largest((n) => {
      const first = n * IMAGES_OF_LARGE_EVENT;
      return {
        images: Array.from({ length: IMAGES_OF_LARGE_EVENT }, (_, at) => imageOf(first + at)),
      };
    }),
} as const;

export const PAYLOAD_NAMES = [
  'small events',
  'large events',
] as const satisfies (keyof typeof PAYLOADS)[];

/** As many records as fit. */
function largest(eventOfNth: (n: number) => unknown): SQSEvent {
  const Records: SQSRecord[] = [];
  for (let bytes = 0; ; ) {
    const record = recordOf(Records.length, eventOfNth(Records.length));
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes > MAX_PAYLOAD_BYTES) return { Records };
    Records.push(record);
  }
}

/** The n-th image of the catalogue, with both texts. */
function imageOf(n: number): PeerEvent {
  return {
    guid: uuidOf(`image ${n}`),
    title: `Lighthouse at dusk, no. ${n}`,
    description: `Giclée print no. ${n}`,
  };
}

function plainEvent(n: number) {
  const time = new Date(FIRST_SENDING + n).toISOString();
  return { ...imageOf(n), id: `product-updated-${n}`, time };
}
