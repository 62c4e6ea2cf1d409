import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type Message, sendMessages } from '../sending/send-messages.ts';
import { type DeadLetter, originOf } from './dead-letter.ts';
import type { DeadLetterReader } from './reader.ts';
import { addressed, nextCount } from './redriven-message.ts';

/** The message to send for a letter, or why it stays where it is. */
export type Plan = { readonly message: Message } | { readonly skipped: string };

/** A letter that is back in the source queue. */
export interface Redriven {
  readonly messageId: string;
  readonly originMessageId: string;
  readonly count: number;
  /** Of its event, as it was sent. */
  readonly body: string;
}

/** A letter that is still in the dead-letter queue, and why. */
export interface Left {
  readonly messageId: string;
  readonly why: string;
}

/** What became of the letters. */
export interface Redriving {
  readonly redriven: readonly Redriven[];
  /** Left on purpose. */
  readonly skipped: readonly Left[];
  /** The source queue did not take them. */
  readonly failed: readonly Left[];
  /** Sent, but not deleted: they are in both queues now. */
  readonly doubled: readonly Left[];
  readonly unreachable?: unknown;
}

/** Where letters come from, and are deleted once they are sent. */
export type LetterSource = Pick<DeadLetterReader, 'letters' | 'delete'>;

interface RedriveDependencies {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly stop: AbortSignal;
  /** Messages a second. */
  readonly rate: number | undefined;
  /** How many to send at most. */
  readonly limit?: number | undefined;
  readonly onProgress: (letters: number) => void;
}

/**
 * Sends letters back to the source queue. Each is deleted from the dead-letter queue only after the
 * source queue's receipt: an end in between leaves a message in both queues, and loses none.
 *
 * @param planFor what to do with a letter; undefined where the command is not about it
 */
export async function redrive(
  reader: LetterSource,
  planFor: (letter: DeadLetter) => Plan | undefined,
  {
    client,
    queueUrl,
    stop,
    rate,
    limit = Number.POSITIVE_INFINITY,
    onProgress,
  }: RedriveDependencies,
): Promise<Redriving> {
  const redriven: Redriven[] = [];
  const skipped: Left[] = [];
  const failed: Left[] = [];
  const doubled: Left[] = [];
  // A letter that this run sent may die again before it ends, and must not be sent twice.
  const returned = new Set<string>();
  // With a rate, few letters are held at a time, so that none comes again while it is held.
  const source = rate === undefined ? reader.letters() : reader.letters({ parallel: 1 });
  for await (const page of source) {
    const wanted = new Map<string, { letter: DeadLetter; body: string; message: Message }>();
    for (const letter of page) {
      if (redriven.length + wanted.size >= limit) break;
      const plan = returned.has(keyOf(letter, letter.redrive?.count)) ? undefined : planFor(letter);
      if (plan === undefined) continue;
      const { messageId } = letter;
      if ('skipped' in plan) skipped.push({ messageId, why: plan.skipped });
      else {
        const { MessageBody: body = '' } = plan.message;
        wanted.set(messageId, { letter, body, message: addressed(plan.message, letter, queueUrl) });
      }
    }
    const messages = [...wanted.values()].map(({ message }) => message);
    const sending = await sendMessages(client, queueUrl, messages, { onConfirmed: () => {}, stop });
    for (const [messageId, why] of sending.failed) failed.push({ messageId, why });
    const sent = [...sending.sent.keys()].flatMap((id) => wanted.get(id) ?? []);
    const letters = sent.map(({ letter }) => letter);
    for (const [messageId, why] of await reader.delete(letters)) doubled.push({ messageId, why });
    for (const { letter, body } of sent) {
      redriven.push(toRedriven(letter, body));
      returned.add(keyOf(letter, nextCount(letter)));
    }
    onProgress(page.length);
    const { unreachable } = sending;
    if (unreachable !== undefined) return { redriven, skipped, failed, doubled, unreachable };
    if (redriven.length >= limit) break;
    if (rate !== undefined) await pause((sent.length / rate) * 1_000, stop);
  }
  return { redriven, skipped, failed, doubled };
}

/** One sending of one event. */
function keyOf(letter: DeadLetter, count: number | undefined): string {
  return `${originOf(letter).messageId} ${count}`;
}

function toRedriven(letter: DeadLetter, body: string): Redriven {
  return {
    messageId: letter.messageId,
    originMessageId: originOf(letter).messageId,
    count: nextCount(letter),
    body,
  };
}

async function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  // Rejects only when aborted, and then the reader gives nothing more.
  await sleep(milliseconds, undefined, { signal: stop }).catch(() => {});
}
