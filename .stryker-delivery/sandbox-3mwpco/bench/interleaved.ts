/**
 * Takes turns: each repeat runs every contender once, and every other repeat in the opposite order,
 * so that a machine that becomes slower or warmer does so for all of them alike.
 *
 * @returns what each run gave, by contender, in the order of the repeats
 */
// @ts-nocheck

export async function interleaved<Contender, Measured>(
  contenders: readonly Contender[],
  repeats: number,
  run: (contender: Contender, repeat: number) => Promise<Measured>,
): Promise<Map<Contender, Measured[]>> {
  const measured = new Map<Contender, Measured[]>(contenders.map((contender) => [contender, []]));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const order = repeat % 2 === 0 ? contenders : contenders.toReversed();
    for (const contender of order) {
      measured.get(contender)?.push(await run(contender, repeat));
    }
  }
  return measured;
}
