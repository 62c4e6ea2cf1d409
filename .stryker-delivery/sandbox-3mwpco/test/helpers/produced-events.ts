// @ts-nocheck
import type { ProducedEvent } from '../../simulation/producer/event.ts';

export const GUID = '00000000-abcd-4000-8000-000000000001';

/** An event of the simulation that sets the title of one image, unless told otherwise. */
export function producedEvent(name: string, given: Partial<ProducedEvent> = {}): ProducedEvent {
  const messageId = `message-${name}`;
  return {
    name,
    messageId,
    originId: messageId,
    invalid: undefined,
    account: null,
    force: false,
    removeVirtualInventory: false,
    images: [{ guid: GUID, title: `title of ${name}` }],
    order: { milliseconds: 0, nanoseconds: 0, sentAt: 0, id: messageId },
    body: `{"event":"${name}"}`,
    attributes: {},
    ...given,
  };
}
