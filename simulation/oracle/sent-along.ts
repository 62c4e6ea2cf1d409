import { valuesOf, type WireImage } from '../finerworks/wire.ts';

type Value = ReturnType<typeof valuesOf>[number];

/** What is known of a value that a call sends. */
export interface ValueKnowledge {
  /** Whether FinerWorks has it. */
  readonly isThere: (value: Value) => boolean;
  /** Whether the function must know that. */
  readonly isKnown: (value: Value) => boolean;
  /** Whether its own event has to wait: a newer one was sent, and nobody knows whether it was taken. */
  readonly isHeldBack: (value: Value) => boolean;
}

/**
 * Values that are there, and may only be sent along with another one of their image: with one that is not
 * there; where they are known to be there, with one of which that is not known; and where their own event
 * has to wait, with one that need not.
 *
 * @returns guid and field of each
 */
export function mayBeSentAlong(image: WireImage, knowledge: ValueKnowledge): string[] {
  const { isThere, isKnown, isHeldBack } = knowledge;
  const values = valuesOf(image);
  const isCompanyOf = (one: Value) => (other: Value) =>
    !isThere(other) || (isKnown(one) && !isKnown(other)) || (isHeldBack(one) && !isHeldBack(other));
  return values
    .filter((one) => isThere(one) && values.some(isCompanyOf(one)))
    .map(({ key }) => key);
}
