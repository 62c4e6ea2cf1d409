import { UsageError } from '../errors.ts';
import type { DeadLetter } from './dead-letter.ts';
import { type FiledLetter, filedLetters } from './letter-file.ts';
import type { Coverage } from './reader.ts';
import type { Left, LetterSource, Plan } from './redrive.ts';
import { isComplete } from './summary.ts';

/** Letters that are sent together, like those that are received together. */
const PAGE = 100;

/** Plans one letter, with the event that stands in the file. */
export type PlanAs = (letter: DeadLetter, body?: string) => Plan | undefined;

/** The dead letters of a file, to be sent as they stand there. */
export class LettersOfFile {
  readonly #letters: ReadonlyMap<string, FiledLetter>;
  readonly #found = new Set<string>();

  private constructor(letters: ReadonlyMap<string, FiledLetter>) {
    this.#letters = letters;
  }

  /** @throws {UsageError} where a line is no dead letter, or one stands twice: nothing is sent then */
  static async read(path: string): Promise<LettersOfFile> {
    const letters = new Map<string, FiledLetter>();
    for await (const one of filedLetters(path)) {
      if ('fault' in one) throw new UsageError(`${path}:${one.line}: ${one.fault}`);
      const { messageId } = one.letter;
      const before = letters.get(messageId);
      if (before !== undefined) {
        throw new UsageError(`${path}:${one.line}: the letter of line ${before.line} again`);
      }
      letters.set(messageId, one);
    }
    return new LettersOfFile(letters);
  }

  /** A plan for a letter of the queue; undefined where the file does not have it. */
  planFor(planAs: PlanAs, letter: DeadLetter): Plan | undefined {
    const filed = this.#letters.get(letter.messageId);
    if (filed === undefined) return undefined;
    this.#found.add(letter.messageId);
    return planAs(letter, filed.isEdited ? filed.text : letter.body);
  }

  /** A plan for a letter that is in the file alone. */
  planForGone(planAs: PlanAs, { messageId }: DeadLetter): Plan | undefined {
    const filed = this.#letters.get(messageId);
    return filed && planAs(filed.letter, filed.text);
  }

  /** The letters of the file that the queue did not have, as if they came from a queue. */
  gone(): LetterSource {
    const letters = this.#missing().map(({ letter }) => letter);
    return {
      letters: async function* () {
        for (let at = 0; at < letters.length; at += PAGE) yield letters.slice(at, at + PAGE);
      },
      delete: async () => new Map<string, string>(),
    };
  }

  /** What is said of the letters that the queue did not have, where they are not sent from the file. */
  left(coverage: Coverage): Left[] {
    const why = isComplete(coverage)
      ? 'is no longer in the dead-letter queue: redriven, discarded or expired; --discarded sends it from the file all the same'
      : 'was not seen, since the queue was not read completely; try again in a minute';
    return this.#missing().map(({ letter: { messageId } }) => ({ messageId, why }));
  }

  #missing(): FiledLetter[] {
    return [...this.#letters.values()].filter(({ letter }) => !this.#found.has(letter.messageId));
  }
}
