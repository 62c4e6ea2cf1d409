import type { Invocation } from '../aws/invocation.ts';
import type { Received } from '../aws/message.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Report } from './violation.ts';

const DONE: readonly string[] = ['applied', 'unchanged', 'superseded'];
const DEAD: readonly string[] = ['dead-lettered', 'retries-exhausted'];

/**
 * Of each message that leaves the queue with an answered invocation one outcome is told, or it is known to be lost; and
 * it must be true.
 *
 * @param returned the records that the queue has again
 * @param reasons why the invocation dead-lettered events
 */
export function checkOutcomes(
  invocation: Invocation,
  returned: readonly Received[],
  reasons: ReadonlyMap<ProducedEvent, string>,
  report: Report,
): void {
  const { name, end, records, told, untold } = invocation;
  if (end !== 'answered') return;
  // What was sent again after an answer that did not arrive is the same outcome.
  const outcomes = [...new Map(told.map((outcome) => [outcome.id, outcome])).values()];
  const byMessage = Map.groupBy(outcomes, ({ data }) => data.messageId);
  for (const [{ event }, copies] of Map.groupBy(records, ({ message }) => message)) {
    const ofEvent = byMessage.get(event.messageId) ?? [];
    byMessage.delete(event.messageId);
    const isBack = copies.some((copy) => returned.includes(copy));
    const least = isBack || untold.has(event.messageId) ? 0 : 1;
    if (ofEvent.length < least || ofEvent.length > (isBack ? 0 : 1)) {
      report('OutcomeWrong', `${name}: ${event.name} has ${ofEvent.length} outcomes`);
    }
    // Copies of one message may have verdicts of their own.
    if (copies.length > 1) continue;
    for (const { type } of ofEvent) {
      const kind = type.slice(type.indexOf('.') + 1);
      const due = kindsDue(event, invocation, reasons);
      if (!due.includes(kind)) report('OutcomeWrong', `${name}: ${event.name} as ${kind}`);
    }
  }
  for (const messageId of byMessage.keys()) {
    report('OutcomeWrong', `${name}: an outcome of ${messageId}, which is not in the batch`);
  }
}

/** What may be said of an event that left the queue. */
function kindsDue(
  event: ProducedEvent,
  { deadLettered, calls }: Invocation,
  reasons: ReadonlyMap<ProducedEvent, string>,
): readonly string[] {
  if (deadLettered.has(event)) {
    const reason = reasons.get(event) ?? '';
    // A letter without room for its reason says nothing of it here.
    if (reason === '') return DEAD;
    return [reason.startsWith('RetriesExhausted') ? 'retries-exhausted' : 'dead-lettered'];
  }
  const guids = new Set(event.images.map(({ guid }) => guid));
  const isCalled = calls.some(({ call }) => call.images.some(({ guid }) => guids.has(guid)));
  return isCalled ? DONE : DONE.filter((kind) => kind !== 'applied');
}
