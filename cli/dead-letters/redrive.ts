import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type Message, sendMessages } from '../sending/send-messages.ts';
import { type DeadLetter, originOf } from './dead-letter.ts';
import type { DeadLetterReader } from './reader.ts';
import { addressed, nextCount } from './redriven-message.ts';

/** What to send in the place of a letter, or why it is better left where it is. */
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

/** What became of the letters that were meant. */
export interface Redriving {
  readonly redriven: readonly Redriven[];
  /** Left alone on purpose. */
  readonly skipped: readonly Left[];
  /** The source queue did not take them. */
  readonly failed: readonly Left[];
  /** Sent, but not deleted: they are in both queues now. */
  readonly doubled: readonly Left[];
  readonly unreachable?: unknown;
}

interface RedriveDependencies {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly stop: AbortSignal;
  /** Messages a second. */
  readonly rate: number | undefined;
  readonly onProgress: (letters: number) => void;
}

/**
 * Sends letters back to the source queue, each deleted from the dead-letter queue only after the
 * source queue's receipt: whatever ends this in between leaves a message double, and none lost.
 *
 * @param planFor what to do with a letter; undefined where it is none of those that are meant
 */
export async function redrive(
  reader: DeadLetterReader,
  planFor: (letter: DeadLetter) => Plan | undefined,
  { client, queueUrl, stop, rate, onProgress }: RedriveDependencies,
): Promise<Redriving> {
  const redriven: Redriven[] = [];
  const skipped: Left[] = [];
  const failed: Left[] = [];
  const doubled: Left[] = [];
  // What this run sent may die again before it ends, and must not go round in circles.
  const returned = new Set<string>();
  // Slow sending takes few letters at a time, so that none is held until it comes again.
  const source = rate === undefined ? reader.letters() : reader.letters({ parallel: 1 });
  for await (const page of source) {
    const wanted = new Map<string, { letter: DeadLetter; body: string; message: Message }>();
    for (const letter of page) {
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
  // Rejects only by the abort, after which the reader brings nothing more.
  await sleep(milliseconds, undefined, { signal: stop }).catch(() => {});
}
