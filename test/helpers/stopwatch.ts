import { table } from '../../scripts/docs/table.ts';

/** Times what people wait for, and prints it: no test fails by a time. */
export class Stopwatch {
  readonly #rows: string[][] = [];

  /** @param letters that it is about */
  async time<Result>(what: string, letters: number, act: () => Promise<Result>): Promise<Result> {
    const begun = performance.now();
    const result = await act();
    const seconds = (performance.now() - begun) / 1_000;
    this.#rows.push([`\`${what}\``, letters.toLocaleString('en'), seconds.toFixed(1)]);
    return result;
  }

  /** Prints a table in Markdown on standard error. */
  print(): void {
    process.stderr.write(`\n${table(['what', 'letters', 'seconds'], this.#rows)}\n\n`);
  }
}
