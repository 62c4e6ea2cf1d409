import type { ReadingName } from '../../local/finerworks/readings.ts';

/** One change to one file of the function's code. */
export interface Edit {
  /** Below `lambda/`. */
  readonly file: string;
  /** Must stand in the file exactly once. */
  readonly search: string;
  readonly replace: string;
}

/** A fault that is put into the function on purpose, to see whether the simulation finds it. */
export interface Fault extends Edit {
  readonly name: string;
  /** The seed to begin with: where it was found the last time, if that is not among the first. */
  readonly from?: number;
  /** A world of full size to hunt in, where drawn worlds do not show the fault. */
  readonly world?: { readonly name: string; readonly variant: string };
  /** What FinerWorks makes of what it does not document, where worlds with that by chance are rare. */
  readonly reading?: readonly ReadingName[];
  /** A second change that the fault needs. */
  readonly and?: Edit;
}

/** The code is no longer what a fault was written for: the fault has to be written anew. */
export class FaultDoesNotFit extends Error {
  override readonly name = 'FaultDoesNotFit';
}
