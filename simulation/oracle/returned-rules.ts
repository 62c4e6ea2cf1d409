import type { Invocation } from '../aws/invocation.ts';
import type { Received } from '../aws/message.ts';
import type { Settings } from '../scenario.ts';
import type { Report } from './violation.ts';

const HOUR = 3_600_000;

/** What an invocation returns to the queue has its time to be tried, and is hidden for its own time. */
export function checkReturned(
  returned: readonly Received[],
  { name, startedAt, end, troubled, postponed, deleted, deadLettered }: Invocation,
  { retryHours }: Settings,
  report: Report,
): void {
  if (end !== 'answered') return;
  for (const { message, handle, firstReceivedAt } of returned) {
    const { event } = message;
    if (deadLettered.has(event)) continue;
    const isOver = startedAt - firstReceivedAt > retryHours * HOUR;
    if (isOver && !troubled.has('deadLetters'))
      report('RetriedTooLong', `${event.name} in ${name}`);
    const isForgotten = !postponed.has(handle) && !deleted.has(event);
    if (isForgotten && !troubled.has('visibility'))
      report('NotPostponed', `${event.name} in ${name}`);
  }
}
