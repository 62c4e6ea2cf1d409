import { setImmediate } from 'node:timers/promises';
import type { buildApp } from 'fauxqs';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';

/** The emulator, before it listens. */
type Emulator = ReturnType<typeof buildApp>;

const Request = z.object({ QueueUrl: z.string() });
const Sent = z.object({
  MessageId: z.string().optional(),
  Successful: z.array(z.object({ MessageId: z.string() })).default([]),
});
const Received = z.looseObject({
  Messages: z.array(
    z.looseObject({
      MessageId: z.string(),
      Attributes: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/**
 * Lets the emulator say of a message that the redrive policy moved it, and from where, as SQS does:
 * fauxqs 2.4.1, the newest there is, does not. What was sent to another queue was moved.
 *
 * @param arnOf a queue, by its name
 */
export function addSourceArns(emulator: Emulator, arnOf: (name: string) => string): void {
  /** By message id: the name of the queue that it was sent to. */
  const queues = new Map<string, string>();

  emulator.addHook('onSend', async (request, _reply, payload) => {
    if (typeof payload !== 'string') return payload;
    const action = String(request.headers['x-amz-target'] ?? request.url);
    const name = Request.safeParse(request.body).data?.QueueUrl.split('/').at(-1);
    if (name === undefined) return payload;
    if (/\.SendMessage(Batch)?$/.test(action)) {
      const { MessageId, Successful = [] } = Sent.safeParse(jsonOrUndefined(payload)).data ?? {};
      for (const id of [MessageId, ...Successful.map((sent) => sent.MessageId)]) {
        if (id !== undefined) queues.set(id, name);
      }
    }
    if (!action.endsWith('.ReceiveMessage')) return payload;
    // A receive that waited is answered in the same turn as what it waited for is noted.
    await setImmediate();
    const received = Received.safeParse(jsonOrUndefined(payload)).data;
    for (const { MessageId, Attributes } of received?.Messages ?? []) {
      const source = queues.get(MessageId);
      if (source === undefined || source === name || Attributes === undefined) continue;
      Attributes.DeadLetterQueueSourceArn = arnOf(source);
    }
    return received === undefined ? payload : JSON.stringify(received);
  });
}
