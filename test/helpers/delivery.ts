import { eventTimeOf } from '../../lambda/contract/event-time.ts';
import type { Answer } from '../../lambda/finerworks/answer.ts';
import type { Call } from '../../lambda/finerworks/call.ts';
import { type DeliveryFigures, deliver } from '../../lambda/finerworks/deliver.ts';
import type { IsolationLimits } from '../../lambda/finerworks/investigation.ts';
import type { Keys } from '../../lambda/finerworks/keys.ts';
import { Outstanding } from '../../lambda/finerworks/outstanding.ts';
import { Pace } from '../../lambda/finerworks/pace.ts';
import { Sender, type SenderFigures } from '../../lambda/finerworks/sender.ts';
import { type Change, loneUpdate, type Update } from '../../lambda/images/change.ts';
import { VerdictBook } from '../../lambda/verdicts/verdict-book.ts';
import { answer } from './answers.ts';
import { guid } from './records.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';

export const KEYS: Keys = { web_api_key: 'web-key-1', app_key: 'app-key-1' };

/** What a test says of a delivery; everything else is as in production, in virtual time. */
export interface DeliveryParts {
  readonly time?: VirtualTime;
  readonly answers: (call: Call, keys: Keys, nth: number) => Answer;
  readonly reload?: () => Promise<Keys | undefined>;
  readonly limits?: Partial<IsolationLimits>;
  readonly pace?: Pace;
  /** Milliseconds from the start until the deadline. */
  readonly available?: number;
}

/** A delivery that was run, with every call that it made. */
export interface Delivered {
  readonly book: VerdictBook;
  readonly figures: SenderFigures & DeliveryFigures;
  readonly exposure: Sender['exposure'];
  /** The images that were said to be decided, call by call. */
  readonly decided: readonly (readonly string[])[];
  readonly sent: readonly { readonly guids: readonly string[]; readonly keys: Keys }[];
  readonly calls: readonly Call[];
  readonly time: VirtualTime;
}

/** Runs the real delivery against answers that the test makes up. */
export async function delivered(calls: readonly Call[], parts: DeliveryParts): Promise<Delivered> {
  const time = parts.time ?? virtualTime();
  const made: { call: Call; keys: Keys }[] = [];
  const book = new VerdictBook();
  const decided: (readonly string[])[] = [];
  const sender = new Sender({
    clock: time,
    random: () => 0.5,
    send: async (call, keys) => {
      made.push({ call, keys });
      return parts.answers(call, keys, made.length);
    },
    listImages: async () => answer(404),
    keys: { current: KEYS, reload: parts.reload ?? (async () => undefined) },
    pace: (parts.pace ?? new Pace(undefined, time.now())).forInvocation(),
    callTimeout: 25_000,
    deadline: time.now() + (parts.available ?? 3_600_000),
  });
  const limits = { maxIsolationCalls: 100, systemicRefusalImages: 5, ...parts.limits };
  const outstanding = new Outstanding();
  const onDecided = async (guids: readonly string[]) => {
    decided.push(guids);
  };
  const counted = counting(calls, outstanding);
  const figures = await deliver(counted, { sender, book, limits, outstanding, onDecided });
  return {
    book,
    figures: { ...sender.figures, ...figures },
    exposure: sender.exposure,
    decided,
    sent: made.map(({ call, keys }) => ({ guids: call.updates.map((u) => u.guid), keys })),
    calls: made.map(({ call }) => call),
    time,
  };
}

/** The calls as they would come, with all their images counted before the first one. */
async function* counting(calls: readonly Call[], outstanding: Outstanding): AsyncGenerator<Call> {
  await Array.fromAsync(outstanding.count(toStream(calls.map(({ updates }) => updates))));
  yield* calls;
}

/** Items that come one after another. */
export async function* toStream<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

/** A change of the n-th image, by a message of its own unless the test says otherwise. */
export function change(n: number, parts: Partial<Change> = {}): Change {
  const sentAt = Date.parse('2026-11-23T09:00:00Z') + n;
  return {
    guid: guid(n),
    account: null,
    title: `Title ${n}`,
    order: { time: eventTimeOf(sentAt), sentAt, id: `event-${n}` },
    messageId: `message-${n}`,
    force: false,
    removeVirtualInventory: false,
    ...parts,
  };
}

/** An update that stands for one change. */
export function update(n: number, parts: Partial<Change> = {}): Update {
  return loneUpdate(change(n, parts));
}

/** One call with images 1 to `count`. */
export function callOf(count: number): Call {
  return { account: null, updates: Array.from({ length: count }, (_, at) => update(at + 1)) };
}
