// @ts-nocheck
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { LOCAL_KEYS, type LocalSystem } from '../../local/system.ts';
import { PeerEvent } from './event.ts';
import { updateImages } from './update-images.ts';

/** An API destination waits no longer for an answer (AWS: EventBridge, API destinations). */
const TIMEOUT_MILLISECONDS = 5_000;
/** Calls a second to an API destination, unless told otherwise (AWS: EventBridge quotas). */
const CALLS_PER_SECOND = 300;
const MAX_RECEIVED = 10;

/**
 * A model of EventBridge Pipes from the queue to an API destination: one call an event, at the
 * standard rate; what fails stays in the queue and comes back. There is no code of AWS's to run.
 *
 * @returns what ends it
 */
export function startPipe({ queues, standIn }: LocalSystem): AsyncDisposable {
  const ended = new AbortController();
  const pipe = poll(ended.signal);
  return {
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      await pipe;
    },
  };

  async function poll(signal: AbortSignal): Promise<void> {
    const underWay = new Set<Promise<void>>();
    let nextAt = performance.now();
    while (!signal.aborted) {
      const command = new ReceiveMessageCommand({
        QueueUrl: queues.queueUrl,
        MaxNumberOfMessages: MAX_RECEIVED,
        WaitTimeSeconds: 1,
      });
      const { Messages = [] } = await queues.client.send(command);
      for (const message of Messages) {
        nextAt = Math.max(nextAt + 1_000 / CALLS_PER_SECOND, performance.now());
        await sleep(Math.max(0, nextAt - performance.now()));
        const call = deliver(message).finally(() => underWay.delete(call));
        underWay.add(call);
      }
    }
    await Promise.all(underWay);
  }

  async function deliver({ Body = '', ReceiptHandle }: Message): Promise<void> {
    try {
      const settings = { apiUrl: standIn.url, timeout: TIMEOUT_MILLISECONDS };
      await updateImages([PeerEvent.parse(JSON.parse(Body))], LOCAL_KEYS, settings);
    } catch {
      // It becomes visible again by itself.
      return;
    }
    await queues.client.send(
      new DeleteMessageCommand({ QueueUrl: queues.queueUrl, ReceiptHandle }),
    );
  }
}
