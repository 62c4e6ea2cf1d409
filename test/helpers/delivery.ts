import { eventTimeOf } from '../../lambda/contract/event-time.ts';
import { Delivery, type DeliveryLimits } from '../../lambda/delivery/delivery.ts';
import type { SendLog } from '../../lambda/delivery/send-log.ts';
import { Sender, type SenderFigures } from '../../lambda/delivery/sender.ts';
import type { EvidenceStore } from '../../lambda/evidence/evidence-store.ts';
import { rememberEvidence } from '../../lambda/evidence/memory-evidence.ts';
import type { Answer } from '../../lambda/finerworks/answer.ts';
import type { Call } from '../../lambda/finerworks/call.ts';
import type { Query } from '../../lambda/finerworks/list-images.ts';
import type { InventoryQuery } from '../../lambda/finerworks/list-virtual-inventory.ts';
import { type Change, loneUpdate, type Update } from '../../lambda/images/change.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import type { KeysOf } from '../../lambda/lanes/key-sets.ts';
import { Lanes } from '../../lambda/lanes/lanes.ts';
import { SandboxMemory } from '../../lambda/lanes/sandbox-memory.ts';
import { type Ledger, WITHOUT_LEDGER } from '../../lambda/ledger/ledger.ts';
import type { Verdict } from '../../lambda/verdicts/verdict.ts';
import { VerdictRegistry } from '../../lambda/verdicts/verdict-registry.ts';
import { answer } from './answers.ts';
import { guid, numberOf } from './records.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';

export const KEYS: Keys = { web_api_key: 'web-key-1', app_key: 'app-key-1' };

export const REQUEST_ID = 'request-1';

/** One set of keys for every account. */
export function keysOf(reload: () => Promise<Keys | undefined> = async () => undefined): KeysOf {
  const source = { current: KEYS, reload };
  return async () => source;
}

/** Settings as in production, but that images are sent without a preflight and not read back. */
export const LIMITS = {
  maxImagesPerCall: 50,
  maxBytesPerCall: 1_000_000,
  maxIsolationCalls: 100,
  callsAtOnce: 1,
  systemicRefusalImages: 5,
  newImageSeconds: 300,
  virtualInventory: 'remove',
  verify: 'off',
  omittedFields: 'complete',
  maxRetryAfterSeconds: 3_600,
} as const;

type TestLimits = DeliveryLimits & { readonly maxRetryAfterSeconds: number };

/** What a test says of a delivery; everything else is as in production, in virtual time. */
export interface DeliveryParts {
  readonly time?: VirtualTime;
  readonly answers: (call: Call, keys: Keys, nth: number) => Answer | Promise<Answer>;
  readonly lists?: (query: Query, keys: Keys, nth: number) => Answer;
  readonly products?: (query: InventoryQuery) => Answer;
  readonly keys?: KeysOf;
  readonly limits?: Partial<TestLimits>;
  /** What the sandbox knows from the invocations before. */
  readonly memory?: SandboxMemory;
  readonly evidence?: EvidenceStore;
  readonly ledger?: Partial<Ledger>;
  readonly random?: () => number;
  /** Milliseconds from the start until the deadline. */
  readonly available?: number;
}

/** A delivery that was run, with every call that it made. */
export interface Delivered {
  readonly registry: VerdictRegistry;
  readonly rewritten: Delivery['rewritten'];
  /** What became of each change, in their order; the worst of its verdicts. */
  readonly verdicts: readonly (Verdict | undefined)[];
  readonly figures: SenderFigures & Delivery['figures'];
  readonly log: SendLog;
  /** The images that the ledger was told to be decided, call by call. */
  readonly decided: readonly (readonly string[])[];
  readonly sent: readonly { readonly guids: readonly string[]; readonly keys: Keys }[];
  readonly calls: readonly Call[];
  readonly lists: readonly Query[];
  /** In seconds, of every call and list in their order. */
  readonly timeouts: readonly (number | undefined)[];
  readonly time: VirtualTime;
  readonly memory: SandboxMemory;
}

/** A sandbox that was just started and knows nothing. */
export function newMemory(time: VirtualTime, callsPerSecond?: number): SandboxMemory {
  // Half of the deployment's pace is this sandbox's share.
  const deployment = callsPerSecond === undefined ? {} : { callsPerSecond: 2 * callsPerSecond };
  return new SandboxMemory({ ...deployment, maxConcurrency: 2 }, time.now());
}

/** A sender against answers that the test makes up, and every call that it made. */
export function testSender(parts: DeliveryParts) {
  const { time = virtualTime(), answers, lists = () => answer(404), limits, keys } = parts;
  const { products = () => answer(404) } = parts;
  const productQueries: InventoryQuery[] = [];
  const { memory = newMemory(time), evidence = rememberEvidence(), available = 3_600_000 } = parts;
  const calls: { call: Call; keys: Keys }[] = [];
  const timeouts: (number | undefined)[] = [];
  const queries: Query[] = [];
  const lanes = new Lanes(memory, evidence);
  const dependencies = {
    clock: time,
    memory,
    send: async (call: Call, keys: Keys, timeoutSeconds?: number) => {
      calls.push({ call, keys });
      timeouts.push(timeoutSeconds);
      return answers(call, keys, calls.length);
    },
    listImages: async (query: Query, keys: Keys, timeoutSeconds?: number) => {
      queries.push(query);
      timeouts.push(timeoutSeconds);
      return lists(query, keys, queries.length);
    },
    listVirtualInventory: async (query: InventoryQuery) => {
      productQueries.push(query);
      return products(query);
    },
    keys: keys ?? keysOf(),
    callTimeout: 25_000,
    deadline: time.now() + available,
    limits: { ...LIMITS, ...limits },
  };
  const sender = new Sender(dependencies, lanes);
  return { sender, time, memory, lanes, calls, queries, productQueries, timeouts };
}

/** Runs the real delivery of changes against answers that the test makes up. */
export async function delivered(
  changes: readonly Change[],
  parts: DeliveryParts,
): Promise<Delivered> {
  const { time = virtualTime(), answers, lists = () => answer(404) } = parts;
  const { evidence = rememberEvidence() } = parts;
  const { sender, memory, calls, queries, timeouts } = testSender({
    ...parts,
    time,
    evidence,
    answers: (...given) => after(time, answers(...given)),
    lists: (...given) => {
      time.advance(1);
      return lists(...given);
    },
  });
  const registry = new VerdictRegistry();
  const decided: (readonly string[])[] = [];
  const commit = async (guids: Iterable<string>) => {
    decided.push([...guids]);
  };
  const delivery = new Delivery({
    sender,
    registry,
    memory,
    evidence,
    clock: time,
    random: parts.random ?? (() => 0.5),
    ledger: { ...WITHOUT_LEDGER, commit, ...parts.ledger },
    limits: { ...LIMITS, ...parts.limits },
    requestId: REQUEST_ID,
  });
  await delivery.deliver([...Map.groupBy(changes, ({ guid }) => guid).values()]);
  return {
    registry,
    rewritten: delivery.rewritten,
    verdicts: changes.map((change) => worstOf(registry, change)),
    figures: { ...sender.figures, ...delivery.figures },
    log: sender.log,
    decided,
    sent: calls.map(({ call, keys }) => ({ guids: guidsOf(call), keys })),
    calls: calls.map(({ call }) => call),
    lists: queries,
    timeouts,
    time,
    memory,
  };
}

/** A call takes time, so that what one shows is known to come after another. */
async function after(time: VirtualTime, result: Answer | Promise<Answer>): Promise<Answer> {
  const given = await result;
  time.advance(1);
  return given;
}

function worstOf(registry: VerdictRegistry, change: Change): Verdict | undefined {
  return registry.of(change).find(({ kind }) => kind === registry.kindOf(change));
}

/** Why something came back or was rejected; undefined where it went well. */
export function reasonOf(verdict: Verdict | undefined): string | undefined {
  return verdict && 'reason' in verdict ? verdict.reason : undefined;
}

/** The images of a call, in its order. */
export function guidsOf({ updates }: Pick<Call, 'updates'>): string[] {
  return updates.map((one) => one.guid);
}

/** The images of each call that was made, by their numbers. */
export function callsOf({ sent }: Pick<Delivered, 'sent'>): number[][] {
  return sent.map(({ guids }) => guids.map(numberOf));
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

/** Changes of images 1 to `count`. */
export function changesOf(count: number, parts: Partial<Change> = {}): Change[] {
  return Array.from({ length: count }, (_, at) => change(at + 1, parts));
}

/** An update that stands for one change. */
export function update(n: number, parts: Partial<Change> = {}): Update {
  return loneUpdate(change(n, parts));
}

/** One call with images 1 to `count`. */
export function callOf(count: number, account: string | null = null): Call {
  return { account, updates: changesOf(count, { account }).map(loneUpdate) };
}
