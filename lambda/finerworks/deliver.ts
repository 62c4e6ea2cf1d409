import type { VerdictBook } from '../verdicts/verdict-book.ts';
import type { Call } from './call.ts';
import { Investigation, type IsolationLimits } from './investigation.ts';
import type { Sender } from './sender.ts';

/** What delivery cost and achieved, beside what the sender counts. */
export type DeliveryFigures = Investigation['figures'];

/** Hears of images as soon as the book has the last verdict on them. */
export type OnDecided = (guids: readonly string[]) => Promise<void>;

/**
 * Sends the calls one after another and carries each call's one verdict to its changes.
 *
 * One at a time: nothing is documented about rate limits, and two calls of one invocation must
 * never race each other to the same image. What a call decided is passed on while the next one,
 * which is about other images, is under way.
 */
export async function deliver(
  calls: readonly Call[],
  sender: Sender,
  book: VerdictBook,
  limits: IsolationLimits,
  onDecided: OnDecided,
): Promise<DeliveryFigures> {
  const investigation = new Investigation(sender, book, limits);
  // An image whose fields come from two accounts is in two calls.
  const callsOf = new Map<string, number>();
  const guidsOf = ({ updates }: Call) => updates.map(({ guid }) => guid);
  for (const guid of calls.flatMap(guidsOf)) callsOf.set(guid, (callsOf.get(guid) ?? 0) + 1);
  let passedOn = Promise.resolve();
  for (const call of calls) {
    await Promise.all([passedOn, investigation.deliver(call)]);
    for (const guid of guidsOf(call)) callsOf.set(guid, (callsOf.get(guid) ?? 0) - 1);
    const done = guidsOf(call).filter((guid) => callsOf.get(guid) === 0);
    passedOn = onDecided(done.filter((guid) => !investigation.isSuspected(guid)));
  }
  await passedOn;
  await investigation.conclude();
  await onDecided(calls.flatMap(guidsOf).filter((guid) => investigation.isSuspected(guid)));
  return investigation.figures;
}
