import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

interface Position {
  readonly line: number;
  readonly column: number;
}

/** One small change of a source. */
export interface Mutant {
  readonly id: string;
  /** What kind of change it is, by Stryker's name. */
  readonly mutatorName: string;
  readonly replacement: string;
  /** Lines and columns count from 1. */
  readonly location: { readonly start: Position; readonly end: Position };
}

/** A source and the changes that are made in it. */
export interface MutatedSource {
  /** Relative to the root. */
  readonly path: string;
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

const quiet = () => {};
const off = () => false;
const NO_LOG = {
  ...{ isTraceEnabled: off, isDebugEnabled: off, isInfoEnabled: off, isWarnEnabled: off },
  ...{ isErrorEnabled: off, isFatalEnabled: off },
  ...{ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet },
};
/** Stryker's own choice of changes, all of them. */
const EVERYTHING = { ignorers: [], excludedMutations: [], plugins: null };

/**
 * Lets Stryker put all its mutants into sources at once, each behind a switch.
 *
 * @returns the sources with their mutants (not those that have none), and the code with the switches by absolute path
 */
export async function mutate(
  root: string,
  paths: readonly string[],
): Promise<{ sources: MutatedSource[]; code: Record<string, string> }> {
  const files = paths.map((path) => {
    const name = join(root, path);
    return { name, mutate: true, content: readFileSync(name, 'utf8') };
  });
  const { files: switched, mutants } = await new Instrumenter(NO_LOG).instrument(files, EVERYTHING);
  const byFile = Map.groupBy(mutants, ({ fileName }) => fileName);
  const sources = files.flatMap(({ name, content }) => {
    const mutantsOfFile = byFile.get(name)?.map(plain);
    if (mutantsOfFile === undefined) return [];
    return { path: relative(root, name), source: content, mutants: mutantsOfFile };
  });
  return { sources, code: Object.fromEntries(switched.map((file) => [file.name, file.content])) };
}

function plain({ id, mutatorName, replacement, location: { start, end } }: Mutant): Mutant {
  return { id, mutatorName, replacement, location: { start: fromOne(start), end: fromOne(end) } };
}

const fromOne = ({ line, column }: Position) => ({ line: line + 1, column: column + 1 });
