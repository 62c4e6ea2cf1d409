/**
 * The information-theoretic bound: each answer of FinerWorks is a yes or a no, so that so many are
 * needed to tell one choice of culprits from all others, even for somebody who knows how many there
 * are. Nobody reaches it here: each good image must also be sent in a call without any culprit.
 *
 * @returns ceil(log2(images choose culprits))
 */
// @ts-nocheck

export function fewestAnswers(images: number, culprits: number): number {
  let bits = 0;
  for (let n = 0; n < culprits; n += 1) bits += Math.log2((images - n) / (n + 1));
  // Sums of logarithms are off by a few units in the last place.
  return Math.max(0, Math.ceil(bits - 1e-9));
}
