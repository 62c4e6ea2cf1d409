import { randomUUID } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ReadEvent } from '../../lambda/contract/image-event.ts';
import { toSqsText } from '../../lambda/queue/sqs-text.ts';
import type { Addressing, Grouped } from '../../producer/message-group.ts';
import { UsageError } from '../errors.ts';
import { stamped } from '../events/stamp.ts';
import { checkedEvents, isFault, type ValidEvent } from '../files/checked-events.ts';
import { type EventFile, readEntries } from '../files/event-file.ts';
import { startProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { Journal, type Task } from './journal.ts';
import { type Message, sendMessages } from './send-messages.ts';

/**
 * Events under way at once, in 10 batch requests of 10: so many are sent again, at most, when a
 * run is killed between the queue's receipt and the journal's line.
 */
const GROUP = 100;

/** An event that was not sent, by the line of its file. */
export interface FailedLine {
  readonly line: number;
  readonly why: string;
  /** Whether the queue will never take it. */
  readonly refused: boolean;
}

/** What became of a file's events. */
export interface FileSending {
  readonly file: string;
  readonly journal: string;
  readonly events: number;
  /** Confirmed by the queue in earlier runs, and in this one. */
  readonly sentBefore: number;
  readonly sent: number;
  readonly failed: readonly FailedLine[];
  /** Set where the run ended before the file did. */
  readonly unreachable?: unknown;
}

interface SendingSurroundings {
  readonly client: SQSClient;
  readonly terminal: Terminal;
  readonly readEvent: ReadEvent;
  readonly addressingOf: (message: Grouped) => Addressing;
  /** Ends the run after the events that are under way. */
  readonly stop: AbortSignal;
}

/**
 * Sends the events of a file that has been checked, those that its journal does not name as sent.
 *
 * @throws {UsageError} where the journal is another's, or the file changes meanwhile
 */
export async function sendFile(
  file: EventFile,
  task: Task,
  surroundings: SendingSurroundings,
): Promise<FileSending> {
  const { client, terminal, stop } = surroundings;
  const path = `${file.name}.journal`;
  const journal = await Journal.open(path, task, { run: randomUUID(), startedAt: Date.now() });
  const sentBefore = journal.sent;
  const failed: FailedLine[] = [];
  let unreachable: unknown;
  const bar = startProgress(terminal, task.events, `Sending ${file.name}`);
  bar.advance(sentBefore, `${sentBefore} of ${task.events} events were sent before`);
  try {
    for await (const group of groupsToSend(file, journal, surroundings)) {
      if (stop.aborted) break;
      const lines = new Map(group.map(({ message, line }) => [message.Id, line]));
      const messages = group.map(({ message }) => message);
      const sending = await sendMessages(client, task.queueUrl, messages, {
        onConfirmed: (ids) => journal.note(ids.map(Number)),
        stop,
      });
      for (const [id, why] of sending.failed) {
        failed.push({ line: lines.get(id) ?? 0, why, refused: sending.refused.has(id) });
      }
      bar.advance(sending.sent.size, `${journal.sent} of ${task.events} events`);
      unreachable = sending.unreachable;
      if (unreachable !== undefined) break;
    }
  } finally {
    bar.stop(`${journal.sent} of ${task.events} events sent`);
    await journal.close();
  }
  const sent = journal.sent - sentBefore;
  const report = { file: file.name, journal: path, events: task.events, sentBefore, sent, failed };
  return unreachable === undefined ? report : { ...report, unreachable };
}

interface Outgoing {
  readonly line: number;
  readonly message: Message;
}

/** The events that are still to be sent, in groups. */
async function* groupsToSend(
  file: EventFile,
  journal: Journal,
  { terminal, readEvent, addressingOf }: SendingSurroundings,
): AsyncGenerator<Outgoing[]> {
  let position = 0;
  let group: Outgoing[] = [];
  for await (const batch of checkedEvents(readEntries(file, terminal.stdin), readEvent)) {
    for (const checked of batch) {
      if (isFault(checked) || position >= journal.header.events) {
        throw new UsageError(`${file.name}:${checked.line}: has changed while it was being sent`);
      }
      if (!journal.isSent(position)) {
        group.push(outgoing(checked, position, journal, addressingOf));
      }
      position += 1;
      if (group.length < GROUP) continue;
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

function outgoing(
  checked: ValidEvent,
  position: number,
  { header }: Journal,
  addressingOf: SendingSurroundings['addressingOf'],
): Outgoing {
  const body = toSqsText(stamped(checked, position, header));
  const { account, images } = checked.event;
  const addressing = addressingOf({ account, guids: images.map(({ guid }) => guid), body });
  const message = { Id: String(position), MessageBody: body, ...addressing };
  return { line: checked.line, message };
}
