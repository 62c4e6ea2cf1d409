import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ReadEvent } from '../../lambda/contract/image-event.ts';
import { toSqsText } from '../../lambda/queue/sqs-text.ts';
import type { Addressing, Grouped } from '../../producer/message-group.ts';
import { UsageError } from '../errors.ts';
import { stamped } from '../events/stamp.ts';
import { withoutImages } from '../events/without-images.ts';
import { checkedEvents, isFault, type ValidEvent } from '../files/checked-events.ts';
import { type EventFile, readEntries } from '../files/event-file.ts';
import { startProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Beginning, Journal, journalOf, type Task } from './journal.ts';
import { type Message, sendMessages } from './send-messages.ts';

/**
 * Events under way at once, in 10 batch requests of 10: so many are sent again, at most, when a
 * run is killed between the queue's receipt and the journal's line.
 */
const GROUP = 100;

/** An event that was not sent, by the line of its file. */
interface FailedLine {
  readonly line: number;
  readonly why: string;
  /** Whether the queue will never take it. */
  readonly refused: boolean;
}

/** A file that is to be sent. */
export interface FileTask {
  readonly file: EventFile;
  readonly task: Task;
  /** For a run that does not go on where another ended. */
  readonly begin: Beginning;
}

/** What was left out of a file. */
interface LeftOut {
  /** Of which nothing is left. */
  events: number;
  /** Of events that have others, which are sent. */
  images: number;
}

/** What became of a file's events. */
export interface FileSending {
  readonly file: string;
  readonly journal: string;
  readonly events: number;
  /** Confirmed by the queue in earlier runs, and in this one. */
  readonly sentBefore: number;
  readonly sent: number;
  /** Left out of this run, since FinerWorks has it already. */
  readonly unchanged: Readonly<LeftOut>;
  readonly failed: readonly FailedLine[];
  /** Set where the run ended before the file did. */
  readonly unreachable?: unknown;
}

interface SendingDependencies {
  readonly client: SQSClient;
  readonly terminal: Terminal;
  readonly readEvent: ReadEvent;
  readonly addressingOf: (message: Grouped) => Addressing;
  /** Guids of images that are left out. */
  readonly unchanged: ReadonlySet<string>;
  /** Ends the run after the events that are under way. */
  readonly stop: AbortSignal;
}

/**
 * Sends the events of a file that has been checked, those that its journal does not name as sent.
 *
 * @throws {UsageError} where the journal is another's, or the file changes meanwhile
 */
export async function sendFile(
  { file, task, begin }: FileTask,
  dependencies: SendingDependencies,
): Promise<FileSending> {
  const { client, terminal, stop } = dependencies;
  const path = journalOf(file.name, task.queueUrl);
  const journal = await Journal.open(path, task, begin);
  const sentBefore = journal.sent;
  const failed: FailedLine[] = [];
  const unchanged: LeftOut = { events: 0, images: 0 };
  let unreachable: unknown;
  const bar = startProgress(terminal, task.events, `Sending ${file.name}`);
  bar.advance(sentBefore, `${sentBefore} of ${task.events} events were sent before`);
  try {
    for await (const group of groupsToSend(file, journal, dependencies, unchanged)) {
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
  const { events } = task;
  const report = { file: file.name, journal: path, events, sentBefore, sent, unchanged, failed };
  return unreachable === undefined ? report : { ...report, unreachable };
}

interface Outgoing {
  readonly line: number;
  readonly message: Message;
}

/** The events that are still to be sent, in groups. @param leftOut counts what is not */
async function* groupsToSend(
  file: EventFile,
  journal: Journal,
  { terminal, readEvent, addressingOf, unchanged }: SendingDependencies,
  leftOut: LeftOut,
): AsyncGenerator<Outgoing[]> {
  let position = 0;
  let group: Outgoing[] = [];
  for await (const batch of checkedEvents(readEntries(file, terminal.stdin), readEvent)) {
    for (const checked of batch) {
      if (isFault(checked) || position >= journal.header.events) {
        throw new UsageError(`${file.name}:${checked.line}: has changed while it was being sent`);
      }
      const rest = journal.isSent(position) ? undefined : withoutImages(checked, unchanged);
      if (rest !== undefined) {
        leftOut.images += checked.event.images.length - rest.event.images.length;
        group.push(outgoing(rest, position, journal, addressingOf));
      } else if (!journal.isSent(position)) leftOut.events += 1;
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
  addressingOf: SendingDependencies['addressingOf'],
): Outgoing {
  const body = toSqsText(stamped(checked, position, header));
  const { account, images } = checked.event;
  const addressing = addressingOf({ account, guids: images.map(({ guid }) => guid), body });
  const message = { Id: String(position), MessageBody: body, ...addressing };
  return { line: checked.line, message };
}
