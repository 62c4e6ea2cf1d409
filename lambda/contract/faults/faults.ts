import type * as z from 'zod/mini';
import { formatPath } from '../json.ts';

/** People check again after they corrected so many; and the detail must fit into a dead letter. */
const MAX_LISTED = 100;

/**
 * Every fault that zod found, as `path: what is wrong`.
 *
 * @param prefix the path of the parsed value in the message
 */
export function faultsOf(error: z.core.$ZodError, prefix: readonly PropertyKey[]): string[] {
  return error.issues.map(({ path, message }) => {
    const where = formatPath([...prefix, ...path]);
    return where === '' ? message : `${where}: ${message}`;
  });
}

/** The faults of a list of any length, in little memory: it lists the first and counts the rest. */
export class Faults {
  readonly #listed: string[] = [];
  readonly #counted: string;
  #unlisted = 0;

  /** @param counted what it counts: `images`, say */
  constructor(counted: string) {
    this.#counted = counted;
  }

  get isAny(): boolean {
    return this.#listed.length > 0;
  }

  /** Whether the next fault is only counted, and needs no text. */
  get isFull(): boolean {
    return this.#listed.length >= MAX_LISTED;
  }

  list(...faults: readonly string[]): void {
    this.#listed.push(...faults);
  }

  count(): void {
    this.#unlisted += 1;
  }

  /** Separated by `; `. */
  toString(): string {
    const rest = `… and ${this.#unlisted.toLocaleString('en')} more ${this.#counted}`;
    return [...this.#listed, ...(this.#unlisted === 0 ? [] : [rest])].join('; ');
  }
}
