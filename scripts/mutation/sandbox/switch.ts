/** The object that Stryker's code in the sources reads and writes, under its name. */
interface StrykerSwitch {
  activeMutant?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  currentTestId?: string | undefined;
  /** Stryker's code keeps these objects: they are never replaced. */
  readonly mutantCoverage: {
    readonly static: Record<string, number>;
    readonly perTest: Record<string, Record<string, number>>;
  };
}

declare global {
  var __stryker__: StrykerSwitch;
}

/** All mutants are in the sources at once; this says which of them is on. */
export const mutants: StrykerSwitch = { mutantCoverage: { static: {}, perTest: {} } };
globalThis.__stryker__ = mutants;
