import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';

/** The totals of one invocation, in the lines that it writes. */
const Totals = z.object({
  _aws: z.object({}),
  reason: z.undefined().optional(),
  Images: z.number(),
});

/** The fewest calls that could have carried what each invocation had to send. */
export class FewestCalls {
  sum = 0;
  readonly #imagesPerCall: number;

  constructor(imagesPerCall: number) {
    this.#imagesPerCall = imagesPerCall;
  }

  /** Reads one line that the function wrote. */
  readLine(line: string): void {
    if (!line.includes('"_aws"')) return;
    const { data } = Totals.safeParse(jsonOrUndefined(line));
    this.sum += Math.ceil((data?.Images ?? 0) / this.#imagesPerCall);
  }
}
