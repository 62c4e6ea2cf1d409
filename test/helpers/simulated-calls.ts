import { type Invocation, newInvocation } from '../../simulation/aws/invocation.ts';
import type { Received } from '../../simulation/aws/message.ts';
import type { CallRecord, Meaning } from '../../simulation/finerworks/call-record.ts';
import type { WireImage } from '../../simulation/finerworks/wire.ts';
import type { ProducedEvent } from '../../simulation/producer/event.ts';

const KEYS = { web_api_key: 'web-key', app_key: 'app-key' };

/** A call of the simulation that was answered a second after it began. */
export function callRecord(
  images: readonly WireImage[],
  meaning: Meaning,
  { at = 0, account = null, ...given }: Partial<CallRecord> & { account?: string | null } = {},
): CallRecord {
  return {
    at,
    call: { account, images, text: JSON.stringify({ images, account_key: account }) },
    standing: [],
    keys: KEYS,
    meaning,
    answeredAt: at + 1_000,
    confirmed: meaning === 'applied' ? images : [],
    ...given,
  };
}

/** A receive of an event, the first one unless told otherwise. */
export function receivedOf(event: ProducedEvent, given: Partial<Received> = {}): Received {
  const message = {
    event,
    sentAt: event.order.sentAt,
    receives: 1,
    visibleAt: 0,
    receivedAt: 0,
    duplicates: 0,
    handle: `receipt of ${event.name}`,
  };
  const { handle, receives } = message;
  return { message, handle, receives, receivedAt: 0, firstReceivedAt: 0, ...given };
}

/** An invocation that was answered, and did nothing but what is given. */
export function invocationOf(given: Partial<Invocation> = {}): Invocation {
  const times = { startedAt: 0, endsAt: 120_000 };
  const begun = newInvocation({ name: 'i1', sandbox: 'i1', ...times, records: [] });
  return { ...begun, flowStartedAt: 0, end: 'answered', ...given };
}
