import { setTimeout as sleep } from 'node:timers/promises';
import { findMapping } from '../aws/event-source-mapping.ts';
import { LogReader, logGroupOf } from '../aws/log-lines.ts';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { hasService } from '../aws/reachable.ts';
import type { Target } from '../aws/target.ts';
import { UsageError } from '../errors.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { isWanted, type Occurrence, occurrenceIn, type TailFilter } from './occurrence.ts';

/**
 * How often the log is asked, in milliseconds. Asking costs nothing and takes one permission,
 * `logs:FilterLogEvents`; Live Tail costs by the minute, shows 500 lines a second at most, and can't look
 * back (AWS: CloudWatch Logs, Live Tail).
 */
const INTERVAL = 2_000;

/** Something that happened, and the log's own id and time of it. */
export interface Told {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly occurrence: Occurrence;
}

/** From when to when a log is followed, in milliseconds since 1970. */
export interface Span {
  readonly since: number;
  /** None where it is left out. */
  readonly until?: number | undefined;
  readonly stop: AbortSignal;
}

/**
 * Tells what happens to a deployment and is wanted, some at once and never none, until the end or the stop.
 *
 * @throws {UsageError} where it is not known where the function's log is
 */
export async function* follow(
  target: Target,
  terminal: Terminal,
  filter: TailFilter,
  { since, until = Number.POSITIVE_INFINITY, stop }: Span,
): AsyncGenerator<Told[]> {
  const group = await logGroup(target, terminal);
  const reader = new LogReader(target.clients.logs, group, since);
  for (;;) {
    for await (const lines of reader.lines()) {
      const told = lines.flatMap((line) => {
        const occurrence = occurrenceIn(line);
        if (occurrence === undefined || !isWanted(occurrence, line, filter)) return [];
        return [{ id: line.id, at: line.at, occurrence }];
      });
      if (told.length > 0) yield told;
      if (stop.aborted) return;
    }
    const left = until - Date.now();
    if (stop.aborted || left <= 0) return;
    await sleep(Math.min(INTERVAL, left), undefined, { signal: stop }).catch(() => {});
  }
}

/** The function is that of the stack; of a queue alone, the one that takes its events. */
async function logGroup({ clients, deployment }: Target, terminal: Terminal): Promise<string> {
  const queueUrl = await deployment.queueUrl();
  if (!hasService('CLOUDWATCH_LOGS', queueUrl, terminal)) {
    throw new UsageError(
      'where the log of this queue is is not known: name the stack with --stack, or take the variables that npm start -- --serve prints',
    );
  }
  const given = await deployment.functionName();
  if (given !== undefined) return logGroupOf(clients.lambda, given);
  const { arn } = await queueAttributes(clients.sqs, queueUrl);
  const { functionName } = await findMapping(clients.lambda, arn, undefined);
  return logGroupOf(clients.lambda, functionName ?? '');
}
