import { setImmediate } from 'node:timers/promises';
import type { buildApp } from 'fauxqs';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';

/** The emulator, before it listens. */
type Emulator = ReturnType<typeof buildApp>;

const Sending = z.object({
  MessageGroupId: z.string().optional(),
  Entries: z.array(z.object({ Id: z.string(), MessageGroupId: z.string().optional() })).default([]),
});
const Sent = z.object({
  MessageId: z.string().optional(),
  Successful: z.array(z.object({ Id: z.string(), MessageId: z.string() })).default([]),
});
const Received = z.looseObject({
  Messages: z.array(
    z.looseObject({
      MessageId: z.string(),
      Attributes: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const Stored = z.looseObject({ messageId: z.string(), messageGroupId: z.string().optional() });
const Inspected = z.looseObject({
  messages: z.object({
    ready: z.array(Stored),
    delayed: z.array(Stored),
    inflight: z.array(z.looseObject({ message: Stored })),
  }),
});

/**
 * Lets the emulator carry the group of a message on standard queues too, as SQS does for its fair
 * queues: fauxqs 2.4.1, the newest there is, keeps it on FIFO queues only. The order of messages does
 * not change: only SQS knows how a fair queue orders them.
 */
export function carryMessageGroups(emulator: Emulator): void {
  /** By message id, which stays the same when SQS moves a message to the dead-letter queue. */
  const groups = new Map<string, string>();

  emulator.addHook('onSend', async (request, _reply, payload) => {
    if (typeof payload !== 'string') return payload;
    const action = String(request.headers['x-amz-target'] ?? request.url);
    if (/\.SendMessage(Batch)?$/.test(action)) noteGroups(request.body, payload, groups);
    if (!/\.ReceiveMessage$|^\/_fauxqs\/queues\//.test(action)) return payload;
    // A receive that waited is answered in the same turn as what it waited for is noted.
    await setImmediate();
    return withGroups(payload, groups);
  });
}

function noteGroups(request: unknown, answer: string, groups: Map<string, string>): void {
  const { MessageGroupId, Entries = [] } = Sending.safeParse(request).data ?? {};
  const { MessageId, Successful = [] } = Sent.safeParse(jsonOrUndefined(answer)).data ?? {};
  if (MessageId !== undefined && MessageGroupId !== undefined) {
    groups.set(MessageId, MessageGroupId);
  }
  const ofEntries = new Map(Entries.map((entry) => [entry.Id, entry.MessageGroupId]));
  for (const { Id, MessageId } of Successful) {
    const group = ofEntries.get(Id);
    if (group !== undefined) groups.set(MessageId, group);
  }
}

/** The answer with the group of each message in it, where it was asked for all attributes. */
function withGroups(answer: string, groups: ReadonlyMap<string, string>): string {
  const content = jsonOrUndefined(answer);
  const received = Received.safeParse(content).data;
  for (const { MessageId, Attributes } of received?.Messages ?? []) {
    const group = groups.get(MessageId);
    if (group !== undefined && Attributes !== undefined) Attributes.MessageGroupId = group;
  }
  const inspected = Inspected.safeParse(content).data;
  const { ready = [], delayed = [], inflight = [] } = inspected?.messages ?? {};
  for (const message of [...ready, ...delayed, ...inflight.map(({ message }) => message)]) {
    message.messageGroupId ??= groups.get(message.messageId);
  }
  const changed = received ?? inspected;
  return changed === undefined ? answer : JSON.stringify(changed);
}
