import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { UnavailableError } from '../errors.ts';

/** A line is there some seconds after it was written, and not always in the order of the time. */
const OVERLAP = 30_000;

const Line = z
  .object({ eventId: z.string(), timestamp: z.number(), message: z.string() })
  .transform(({ eventId, timestamp, message }) => ({ id: eventId, at: timestamp, text: message }));
/** A line of the function's log. `at`: milliseconds since 1970. */
export type LogLine = z.output<typeof Line>;

/** The log group of a function. */
export async function logGroupOf(client: LambdaClient, functionName: string): Promise<string> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
  const { LoggingConfig } = await client.send(command);
  // What Lambda uses where no other group is set (AWS: Lambda, sending logs to CloudWatch Logs).
  return LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
}

/** Reads a log from a moment on, and again what has come since. */
export class LogReader {
  readonly #client: CloudWatchLogsClient;
  readonly #group: string;
  readonly #since: number;
  /** By id, with their time: lines that may be read once more. */
  readonly #seen = new Map<string, number>();
  #newest: number;

  /** @param since milliseconds since 1970 */
  constructor(client: CloudWatchLogsClient, group: string, since: number) {
    this.#client = client;
    this.#group = group;
    this.#since = since;
    this.#newest = since;
  }

  /**
   * Lines that were not read yet, the oldest first, a page at a time.
   *
   * @throws {UnavailableError} where there is no such log group
   */
  async *lines(): AsyncGenerator<LogLine[]> {
    const startTime = Math.max(this.#since, this.#newest - OVERLAP);
    const query = { logGroupName: this.#group, startTime };
    try {
      for await (const { events } of paginateFilterLogEvents({ client: this.#client }, query)) {
        const fresh = z
          .array(Line)
          .parse(events ?? [])
          .filter(({ id }) => !this.#seen.has(id));
        for (const { id, at } of fresh) {
          this.#seen.set(id, at);
          this.#newest = Math.max(this.#newest, at);
        }
        if (fresh.length > 0) yield fresh;
      }
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
      throw new UnavailableError(error.name, `there is no log group ${this.#group}`);
    }
    for (const [id, at] of this.#seen) {
      if (at < this.#newest - 2 * OVERLAP) this.#seen.delete(id);
    }
  }
}
