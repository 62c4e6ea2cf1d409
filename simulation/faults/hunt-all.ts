import pMap from 'p-map';
import type { Fault } from './fault.ts';
import { type Finding, hunt } from './hunt.ts';

/** What came of the hunt for one fault. */
export interface Hunted {
  readonly name: string;
  readonly kind: 'found' | 'not found' | 'broken';
  /** Where it was found: a seed, or a world and its variant. */
  readonly where?: string;
  /** The rules that it was found to violate there. */
  readonly rules?: Finding['rules'];
  /** Why there was no hunt: the code has changed, or the simulation broke. */
  readonly error?: string;
  readonly seconds: number;
}

/** How faults are hunted. */
export interface HuntOptions {
  /** Seeds to try for each. */
  readonly runs: number;
  /** Faults that are hunted side by side, each in a process of its own. */
  readonly atOnce: number;
  /** Hears of each as soon as its hunt is over. */
  readonly onHunted: (hunted: Hunted) => void;
}

/** Hunts each fault, whatever becomes of the others. @returns them in the order given */
export function huntAll(
  faults: readonly Fault[],
  { runs, atOnce, onHunted }: HuntOptions,
): Promise<Hunted[]> {
  const huntOne = async (fault: Fault) => {
    const begin = performance.now();
    const result = await resultOf(fault, runs);
    const seconds = Math.round((performance.now() - begin) / 100) / 10;
    const hunted = { name: fault.name, ...result, seconds };
    onHunted(hunted);
    return hunted;
  };
  return pMap(faults, huntOne, { concurrency: atOnce });
}

async function resultOf(fault: Fault, runs: number): Promise<Omit<Hunted, 'name' | 'seconds'>> {
  try {
    const finding = await hunt(fault, runs);
    if (finding === undefined) return { kind: 'not found' };
    return { kind: 'found', where: whereOf(fault, finding), rules: finding.rules };
  } catch (error) {
    return { kind: 'broken', error: error instanceof Error ? error.message : String(error) };
  }
}

function whereOf({ world, reading }: Fault, { seed }: Finding): string {
  if (world !== undefined) return `${world.name} ${world.variant}, seed ${seed}`;
  return reading === undefined ? `seed ${seed}` : `seed ${seed} with ${reading.join(', ')}`;
}

/** For people, in one line. */
export function describeHunted({ name, kind, where, rules = [], error, seconds }: Hunted): string {
  const time = `(${seconds} s)`;
  if (kind === 'found') return `${name}: found at ${where}: ${rules.join(', ')} ${time}`;
  return kind === 'broken' ? `${name}: BROKEN: ${error} ${time}` : `${name}: NOT FOUND ${time}`;
}
