/** What became of a request: also the names of the metrics that count it. */
export const ANSWERS = {
  /** Its events are on the queue. */
  published: { status: 200, metric: 'WebhooksPublished' },
  /** Signed, and its topic says nothing of titles and descriptions. */
  ignored: { status: 200, metric: 'WebhooksIgnored' },
  /** Signed, and no image of FinerWorks belongs to it. */
  'without-guid': { status: 200, metric: 'WebhooksWithoutGuid' },
  /** Signed, and it could not be mapped: a letter holds it. No fault of the sender's, who would give up. */
  undelivered: { status: 200, metric: 'WebhooksUndelivered' },
  /** It asks whether anybody is there. */
  ping: { status: 200, metric: 'WebhooksPings' },
  /** Not signed, or not with a secret that is known here. */
  unsigned: { status: 401, metric: 'WebhooksUnsigned' },
  /** It comes in a way that no sender uses. */
  refused: { status: 405, metric: 'WebhooksUnsigned' },
  /** Something did not answer: the sender is to send it again, which all but WooCommerce do. */
  unavailable: { status: 503, metric: 'WebhooksUnavailable' },
} as const;

export type Answer = keyof typeof ANSWERS;

/** What a door says became of a delivery that may be trusted. */
export const DELIVERED = ['published', 'ignored', 'without-guid', 'undelivered'] as const;

export const ANSWER_NAMES = [
  ...DELIVERED,
  'ping',
  'unsigned',
  'refused',
  'unavailable',
] as const satisfies readonly Answer[];

/** The metrics that doors write. */
export type DoorCount = (typeof ANSWERS)[Answer]['metric'];
