/** What can be told of an event. That it went back to the queue is no outcome yet. */
export const OUTCOME_KINDS = [
  'applied',
  'unchanged',
  'superseded',
  'dead-lettered',
  /** Dead-lettered too, because nothing that was tried went well. */
  'retries-exhausted',
] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];
