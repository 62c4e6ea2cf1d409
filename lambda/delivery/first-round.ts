import type { Call, CallLimits } from '../finerworks/call.ts';
import { MAX_IMAGES_LISTED } from '../finerworks/list-images.ts';
import { eachAtOnce } from '../general/each-at-once.ts';
import { handledLater } from '../general/handled-later.ts';
import { mapAhead } from '../general/map-ahead.ts';
import { prefetch } from '../general/prefetch.ts';
import { partsOf, type Update } from '../images/change.ts';
import { coalesce } from '../images/coalesce.ts';
import { OpenImages } from '../images/open-images.ts';
import type { Preflight } from '../inventory/preflight.ts';
import type { BatchIsolation } from '../isolation/batch-isolation.ts';
import type { Prober } from '../isolation/prober.ts';
import { chunkByLane, type Group, type LaneChunk } from '../lanes/chunk-by-lane.ts';
import { SHARED } from '../lanes/lanes.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { Verification } from '../verification/verification.ts';
import { batch } from './batch.ts';
import type { CallBlocked } from './send-verdict.ts';
import type { Sender } from './sender.ts';

/** Preflights that are under way beside one for each update: without, each update would wait for the slower of both. */
const MORE_PREFLIGHTS = 1;
/**
 * Calls whose images are checked while updates are under way, beside one for each of them. A slow preflight or
 * update then holds up no other. What waits for longer than a minute is checked again
 * (lambda/inventory/preflight.ts).
 */
const MORE_CALLS_AHEAD = 2;

/** Called with images as soon as the registry has their last verdict. */
type OnDecided = (guids: readonly string[]) => Promise<void>;

export interface RoundDependencies {
  readonly sender: Sender;
  readonly prober: Prober;
  /** Undefined where virtual inventory need not be protected. */
  readonly preflight: Preflight | undefined;
  readonly isolation: BatchIsolation;
  readonly verification: Pick<Verification, 'imagesTogether'>;
  readonly limits: CallLimits & {
    /** Updates under way at once. */
    readonly callsAtOnce: number;
  };
  readonly onDecided: OnDecided;
}

/**
 * Sends each call once, and carries each call's one verdict to its changes. What fails or is refused goes
 * to isolation: all other calls come first.
 *
 * One update at a time unless set: no rate limits are documented. Two calls of one invocation never race each
 * other to the same image. While one is under way, the next preflights are made and what the call before
 * decided is passed on: these are about other images.
 */
export async function firstRound(
  groups: AsyncIterable<Group>,
  dependencies: RoundDependencies,
): Promise<void> {
  const { isolation, limits, onDecided, sender, preflight, verification } = dependencies;
  /** Images with updates that no call has carried yet. */
  const open = new OpenImages();
  const allowed = preflighted(groups, dependencies);
  const togetherOf = (account: string | null) =>
    Math.min(sender.lanes.of(account).health.imagesTogether, verification.imagesTogether);
  const complete = (update: Update) => preflight?.complete(update) ?? update;
  const ready = batch(counted(allowed, open), limits, togetherOf, complete);
  const { callsAtOnce } = limits;
  const calls = prefetch(ready, MORE_CALLS_AHEAD + callsAtOnce);
  let passedOn = Promise.resolve();
  const deliver = async (call: Call) => {
    const before = passedOn;
    const delivered = handledLater(send(call, dependencies));
    await allEnded([before, delivered]);
    open.deleteAll(call.updates);
    const guids = call.updates.map(({ guid }) => guid);
    const done = guids.filter((guid) => !open.has(guid) && !isolation.isOpen(guid));
    passedOn = handledLater(allEnded([passedOn, onDecided(done)]));
  };
  try {
    await eachAtOnce(calls, { atOnce: callsAtOnce, clash: haveSameImage }, deliver);
  } finally {
    await Promise.allSettled([passedOn]);
  }
  await passedOn;
}

/** Like `Promise.all`; if one fails, the others must not go on after the invocation. */
async function allEnded(promises: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(promises);
  await Promise.all(promises);
}

/** An image can have updates in two accounts. */
function haveSameImage(a: Call, b: Call): boolean {
  const guids = new Set(a.updates.map(({ guid }) => guid));
  return b.updates.some(({ guid }) => guids.has(guid));
}

async function* counted(groups: AsyncIterable<Group>, open: OpenImages): AsyncGenerator<Group> {
  for await (const group of groups) {
    for (const update of group.updates) open.add(update);
    yield group;
  }
}

async function send(call: Call, { sender, prober, isolation }: RoundDependencies): Promise<void> {
  const set = { ...call, isChecked: true };
  const verdict = isolation.blockedBy(call.account);
  const finding =
    verdict === undefined ? await prober.send(set) : prober.learn(set, blocked(verdict));
  if (finding.kind === 'good' && call.updates.length > 1) {
    sender.lanes.of(call.account).health.wentThrough();
  }
  isolation.add(finding);
}

/**
 * Checks images before they are updated, as many at a time as one list takes. All images of several
 * accounts are checked first, since what is allowed of them may have to be coalesced again.
 */
async function* preflighted(
  groups: AsyncIterable<Group>,
  dependencies: RoundDependencies,
): AsyncGenerator<Group> {
  const { preflight, sender, limits } = dependencies;
  if (preflight === undefined) return yield* groups;
  const shared: Update[] = [];
  const limitsOf = (account: string | null) => {
    const { imagesTogether } = sender.lanes.of(account).health;
    return { maxItems: Math.min(MAX_IMAGES_LISTED, imagesTogether) };
  };
  // The next images are read from the ledger while FinerWorks lists these.
  const chunks = chunkByLane(prefetch(groups), limitsOf);
  const checked = mapAhead(chunks, MORE_PREFLIGHTS + limits.callsAtOnce, async (chunk) => ({
    ...chunk,
    updates: chunk.isEnd ? [] : await check(preflight, chunk, dependencies),
  }));
  for await (const { lane, updates, isEnd } of checked) {
    if (lane === SHARED && !isEnd) shared.push(...updates);
    else yield { lane, updates, ...(isEnd && { isEnd }) };
  }
  yield { lane: SHARED, updates: coalesce(shared.flatMap(partsOf)) };
}

async function check(
  preflight: Preflight,
  { lane, account, updates }: LaneChunk,
  { prober, isolation, onDecided }: RoundDependencies,
): Promise<readonly Update[]> {
  const isShared = lane === SHARED;
  const verdict = isolation.blockedBy(account);
  const checked =
    verdict === undefined ? await preflight.check(account, updates) : blocked(verdict);
  if ('kind' in checked) {
    const finding = prober.learn({ account, updates, isChecked: false }, checked);
    // The two updates of an image in two accounts belong together and are not isolated.
    if (!isShared) isolation.add(finding);
    return [];
  }
  if (!isShared) {
    const open = new Set(checked.map(({ guid }) => guid));
    await onDecided([...new Set(updates.map(({ guid }) => guid)).difference(open)]);
  }
  return checked;
}

function blocked(verdict: Retried): CallBlocked {
  return { kind: 'blocked', verdict };
}
