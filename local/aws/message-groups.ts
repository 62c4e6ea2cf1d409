import type { buildApp } from 'fauxqs';
import { isJsonObject } from '../../lambda/contract/json.ts';
// By its path, because the package does not export it; npm puts direct dependencies there.
import { SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';

/** The emulator, before it listens. */
type Emulator = ReturnType<typeof buildApp>;

/** Groups of what is being sent, by its attributes: the emulator makes its message of this very object. */
const groups = new WeakMap<object, string>();

const createWithoutGroup = SqsStore.createMessage;
SqsStore.createMessage = (body, attributes = {}, ...rest) => {
  const message = createWithoutGroup(body, attributes, ...rest);
  const group = groups.get(attributes);
  return group === undefined ? message : { ...message, messageGroupId: group };
};

/**
 * Lets the emulator keep the group of a message on standard queues too, as SQS does for its fair queues:
 * fauxqs 2.4.1, the newest there is, drops it there. As a part of the message it is stored, moved to the
 * dead-letter queue and received with it. The order of messages does not change: only SQS knows how a fair
 * queue orders them. If a release moves what is replaced here, the compiler says so.
 */
export function carryMessageGroups(emulator: Emulator): void {
  emulator.addHook('preHandler', async ({ body }) => {
    if (!isJsonObject(body)) return;
    const { Entries } = body;
    for (const sending of [body, ...(Array.isArray(Entries) ? Entries : [])]) noteGroup(sending);
  });
}

function noteGroup(sending: unknown): void {
  if (!isJsonObject(sending) || typeof sending.MessageGroupId !== 'string') return;
  const attributes = sending.MessageAttributes ?? {};
  if (typeof attributes !== 'object') return;
  Object.assign(sending, { MessageAttributes: attributes });
  groups.set(attributes, sending.MessageGroupId);
}
