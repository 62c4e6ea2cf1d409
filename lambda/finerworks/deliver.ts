import type { Clock, Random } from '../clock.ts';
import { VerdictBook } from '../verdicts/verdict-book.ts';
import type { Call } from './call.ts';
import type { Send } from './client.ts';
import { Investigation, type IsolationLimits } from './investigation.ts';
import type { Pace } from './pace.ts';
import { type InvocationKeys, Sender } from './sender.ts';

/** What delivery needs of the world around it. */
export interface DeliverySurroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly send: Send;
  readonly keys: InvocationKeys;
  readonly pace: Pace;
  readonly limits: IsolationLimits & { readonly callTimeoutSeconds: number };
}

/** What became of every change, and what it cost. */
export interface Delivery {
  readonly book: VerdictBook;
  readonly figures: Readonly<Record<DeliveryFigure, number>>;
}

export type DeliveryFigure =
  | 'calls'
  | 'images'
  | 'isolationCalls'
  | 'throttled'
  | 'keyReloads'
  | 'breakerOpenings';

/**
 * Sends the calls one after another and carries each call's one verdict to its changes.
 *
 * One at a time: nothing is documented about rate limits, and two calls of one invocation must
 * never race each other to the same image.
 *
 * @param deadline no call starts that could end after it, in milliseconds since 1970
 */
export async function deliver(
  calls: readonly Call[],
  { limits, pace, ...surroundings }: DeliverySurroundings,
  deadline: number,
): Promise<Delivery> {
  const book = new VerdictBook();
  const sender = new Sender({
    ...surroundings,
    deadline,
    pace: pace.forInvocation(),
    callTimeout: limits.callTimeoutSeconds * 1_000,
  });
  const investigation = new Investigation(sender, book, limits);
  for (const call of calls) await investigation.deliver(call);
  await investigation.conclude();
  return { book, figures: { ...sender.figures, ...investigation.figures } };
}
