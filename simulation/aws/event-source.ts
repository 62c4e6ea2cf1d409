import { Limiter } from '../../lambda/general/limiter.ts';
import type { SeededRandom } from '../world/random.ts';
import type { World } from '../world/world.ts';
import type { Received } from './message.ts';
import { type Ended, Sandbox } from './sandbox.ts';

/** A receive brings 10 messages at most (AWS: ReceiveMessage). */
const MAX_PER_RECEIVE = 10;
const POLL_INTERVAL = 100;

/**
 * Lambda's event source for SQS: gathers batches, invokes as many sandboxes at once as it may, and
 * deletes what the response does not name. It gathers by count and time: no batch here comes near 6 MB.
 */
export class EventSource {
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly tempo = { longestWait: 0, invocationTime: 0, receives: 0 };
  #isStopped = false;
  #invocations = 0;
  #busy = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork('event source');
  }

  /** Begins to poll. */
  start(): void {
    const { pollers, settings, oracle } = this.#world;
    const places = new Limiter(settings.maxConcurrency);
    const idle: Sandbox[] = [];
    for (let nth = 0; nth < (pollers ?? settings.maxConcurrency); nth += 1) {
      const isDone = pollers === undefined ? this.#serve() : this.#poll(places, idle);
      isDone.catch((error: unknown) => oracle.report('SimulationBroken', String(error)));
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  get isIdle(): boolean {
    return this.#busy === 0;
  }

  get invocations(): number {
    return this.#invocations;
  }

  /** One sandbox at a time and its successors. */
  async #serve(): Promise<void> {
    const { scheduler, conditions, queue, idleInterval, isAttentive } = this.#world;
    let sandbox = new Sandbox(this.#world);
    while (!this.#isStopped) {
      const records = await this.#gather();
      if (records.length === 0) {
        const untilVisible = queue.nextVisibleAt - scheduler.now();
        const nap = scheduler.sleep(Math.min(idleInterval, Math.max(POLL_INTERVAL, untilVisible)));
        await (isAttentive ? Promise.race([nap, queue.sent]) : nap);
        continue;
      }
      if (this.#random.chance(conditions.strength('retiring'))) sandbox = new Sandbox(this.#world);
      sandbox = await this.#invoke(sandbox, records);
    }
  }

  /**
   * One poller of several, which gathers side by side with the others, and the next batch once this one is
   * settled (AWS: Lambda with SQS, scaling). Whether a batch that is gathered waits for `maxConcurrency`, as
   * here, or its poller waits before it gathers, is not documented.
   *
   * @param idle sandboxes that wait for an invocation
   */
  async #poll(places: Limiter, idle: Sandbox[]): Promise<void> {
    const { scheduler } = this.#world;
    while (!this.#isStopped) {
      // Each at its own moments: which of them gets a message is chance.
      await scheduler.sleep(POLL_INTERVAL * this.#random.between(0.5, 1.5));
      const records = await this.#gather();
      if (records.length === 0) continue;
      await places.run(async () => {
        idle.push(await this.#invoke(idle.pop() ?? new Sandbox(this.#world), records));
      });
    }
  }

  /** @returns the sandbox for the next invocation: a new one where this one died */
  async #invoke(sandbox: Sandbox, records: readonly Received[]): Promise<Sandbox> {
    this.#busy += 1;
    this.#invocations += 1;
    const ended = await sandbox.invoke(`i${this.#invocations}`, records);
    const { end } = ended.invocation;
    this.#settle(ended);
    this.#busy -= 1;
    return end === 'died' || end === 'timedOut' ? new Sandbox(this.#world) : sandbox;
  }

  /** Receives until the batch is full or the window is over. */
  async #gather(): Promise<Received[]> {
    const { scheduler, settings } = this.#world;
    const records = this.#receive(settings.batchSize);
    const windowEnd = scheduler.now() + settings.batchingWindowSeconds * 1_000;
    while (
      records.length > 0 &&
      records.length < settings.batchSize &&
      scheduler.now() < windowEnd
    ) {
      await scheduler.sleep(POLL_INTERVAL);
      records.push(...this.#receive(settings.batchSize - records.length));
    }
    return records;
  }

  #receive(room: number): Received[] {
    const received = this.#world.queue.receive(Math.min(MAX_PER_RECEIVE, room));
    if (received.length > 0) this.tempo.receives += 1;
    return received;
  }

  /** To the letter: what is not named is deleted; an unknown name brings the whole batch back. */
  #settle({ invocation, response }: Ended): void {
    const { oracle, queue, trace } = this.#world;
    const { name, records } = invocation;
    const ids = response?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    const known = new Set(records.map(({ message }) => message.event.messageId));
    const strangers = ids?.filter((id) => !known.has(id)) ?? [];
    if (strangers.length > 0) oracle.report('UnknownIdentifier', `${name}: ${strangers}`);
    const returned = new Set(strangers.length > 0 ? known : (ids ?? known));
    const acknowledged = records.filter(({ message }) => !returned.has(message.event.messageId));
    trace.tell(
      name,
      `${invocation.end}; deleted: ${acknowledged.map(({ message }) => message.event.name).join(' ')}`,
    );
    oracle.invocationEnded(invocation, acknowledged);
    const now = this.#world.scheduler.now();
    this.tempo.invocationTime += now - invocation.startedAt;
    for (const { handle, message } of acknowledged) {
      this.tempo.longestWait = Math.max(this.tempo.longestWait, now - message.sentAt);
      queue.delete(handle);
    }
  }
}
