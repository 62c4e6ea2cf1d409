import type { ObservedTest, PlannedFile } from './messages.ts';

/** Which tests run the place of which mutant. */
export class Coverage {
  readonly #plans = new Map<string, PlannedFile[]>();
  readonly #loaded = new Set<string>();
  readonly #longest: number;

  /** @param longest milliseconds: tests that take longer are left out */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** @param loaded mutants whose places run outside of tests */
  add(file: string, tests: readonly ObservedTest[], loaded: readonly string[]): void {
    for (const id of loaded) this.#loaded.add(id);
    for (const [place, { hits, milliseconds }] of tests.entries()) {
      if (milliseconds > this.#longest) continue;
      for (const [id, count] of Object.entries(hits)) {
        this.#planOf(id, file).tests.push({ place, milliseconds, hits: count });
      }
    }
  }

  /** Whether only the loading of modules runs the mutant's place. */
  isStatic(id: string): boolean {
    return this.#loaded.has(id) && !this.#plans.has(id);
  }

  /**
   * @param path the source, relative to the root
   * @returns the tests that run the mutant's place: those that mirror the source first, then those of
   * its room, then the quick ones
   */
  planFor(id: string, path: string): PlannedFile[] {
    const mirror = `test/${path.replace(/\.ts$/, '.test.ts')}`;
    const room = mirror.replace(/[^/]*$/, '');
    const distance = (file: string) =>
      file.endsWith(mirror) ? 0 : file.includes(`/${room}`) ? 1 : 2;
    return (this.#plans.get(id) ?? []).toSorted(
      (one, other) => distance(one.file) - distance(other.file) || timeOf(one) - timeOf(other),
    );
  }

  #planOf(id: string, file: string): PlannedFile {
    const plans = this.#plans.get(id) ?? [];
    this.#plans.set(id, plans);
    const last = plans.at(-1);
    if (last?.file === file) return last;
    const plan: PlannedFile = { file, tests: [] };
    plans.push(plan);
    return plan;
  }
}

/** @returns milliseconds */
export function timeOf({ tests }: PlannedFile): number {
  return tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}
