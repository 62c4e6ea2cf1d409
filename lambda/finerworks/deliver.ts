import { awaitedLater } from '../awaited-later.ts';
import type { VerdictBook } from '../verdicts/verdict-book.ts';
import type { Call } from './call.ts';
import { Investigation, type IsolationLimits } from './investigation.ts';
import type { Outstanding } from './outstanding.ts';
import type { Sender } from './sender.ts';

/** What delivery cost and achieved, beside what the sender counts. */
export type DeliveryFigures = Investigation['figures'];

/** Hears of images as soon as the book has the last verdict on them. */
export type OnDecided = (guids: readonly string[]) => Promise<void>;

/** What delivery tells, and whom. */
export interface DeliverySurroundings {
  readonly sender: Sender;
  readonly book: VerdictBook;
  readonly limits: IsolationLimits;
  /** Has counted the images of each call before the call comes. */
  readonly outstanding: Outstanding;
  readonly onDecided: OnDecided;
}

/**
 * Sends the calls one after another and carries each call's one verdict to its changes.
 *
 * One at a time: nothing is documented about rate limits, and two calls of one invocation must
 * never race each other to the same image. What a call decided is passed on while the next one,
 * which is about other images, is under way.
 */
export async function deliver(
  calls: AsyncIterable<Call>,
  { sender, book, limits, outstanding, onDecided }: DeliverySurroundings,
): Promise<DeliveryFigures> {
  const investigation = new Investigation(sender, book, limits);
  const suspected = new Set<string>();
  let passedOn = Promise.resolve();
  for await (const call of calls) {
    const delivered = awaitedLater(investigation.deliver(call));
    // Whichever of them fails, nothing of the other may go on behind the invocation's back.
    await Promise.allSettled([passedOn, delivered]);
    await Promise.all([passedOn, delivered]);
    const done = outstanding.completedBy(call);
    for (const guid of done) if (investigation.isSuspected(guid)) suspected.add(guid);
    passedOn = awaitedLater(onDecided(done.filter((guid) => !suspected.has(guid))));
  }
  await passedOn;
  await investigation.conclude();
  await onDecided([...suspected]);
  return investigation.figures;
}
