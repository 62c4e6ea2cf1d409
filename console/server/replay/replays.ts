import { randomUUID } from 'node:crypto';
import type { Left, Redriving } from '../../../cli/dead-letters/redrive.ts';
import { describeError } from '../../../cli/errors.ts';
import { momentOf } from '../../../cli/terminal/moment.ts';
import type { Managed } from '../managed.ts';
import { type ReplayOutcome, type ReplayRequest, replay } from './replay.ts';

/** Rows of letters that stayed which the page shows; the counts are of all. */
const MAX_ROWS = 200;

/** A replay as the page shows it. */
export interface ReplayState {
  readonly id: string;
  readonly startedAt: string;
  readonly phase: 'sending' | 'waiting' | 'done' | 'failed';
  readonly isCancelled: boolean;
  /** Letters read, and chosen of them to be sent. */
  readonly read: number;
  readonly planned: number;
  readonly redriven: number;
  /** Of how many of these it is known what became of them. */
  readonly known: number;
  /** Left on purpose, not taken by the queue, and in both queues; each with why. */
  readonly skipped: readonly Left[];
  readonly failed: readonly Left[];
  readonly doubled: readonly Left[];
  readonly skippedCount: number;
  readonly outcome?: ReplayOutcome | undefined;
  readonly error?: string | undefined;
}

/** The replays of one deployment, one at a time: two would hide letters from each other. */
export class Replays {
  readonly #managed: Managed;
  readonly #stop: AbortSignal;
  readonly #states = new Map<string, ReplayState>();
  #running:
    | { readonly id: string; readonly cancel: AbortController; readonly end: Promise<void> }
    | undefined;

  /** @param stop ends the replay that is under way */
  constructor(managed: Managed, stop: AbortSignal) {
    this.#managed = managed;
    this.#stop = stop;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get(id: string): ReplayState | undefined {
    return this.#states.get(id);
  }

  /** The newest first. */
  get all(): ReplayState[] {
    return [...this.#states.values()].toReversed();
  }

  /** Starts one. @returns its id; undefined where another is under way */
  start(request: ReplayRequest): string | undefined {
    if (this.#running !== undefined) return undefined;
    const id = randomUUID();
    this.#states.set(id, {
      id,
      startedAt: momentOf(Date.now()),
      phase: 'sending',
      isCancelled: false,
      ...{ read: 0, planned: 0, redriven: 0, known: 0, skippedCount: 0 },
      ...{ skipped: [], failed: [], doubled: [] },
    });
    const cancel = new AbortController();
    const end = this.#run(id, request, cancel.signal).finally(() => {
      this.#running = undefined;
    });
    this.#running = { id, cancel, end };
    return id;
  }

  /** Ends one after the letters that are under way; those that are sent stay sent. */
  cancel(id: string): void {
    if (this.#running?.id !== id) return;
    this.#update(id, { isCancelled: true });
    this.#running.cancel.abort();
  }

  /** Waits for the replay that is under way. */
  async ended(): Promise<void> {
    await this.#running?.end;
  }

  async #run(id: string, request: ReplayRequest, cancel: AbortSignal) {
    const managed = this.#managed;
    const update = (change: Partial<ReplayState>) => this.#update(id, change);
    let read = 0;
    try {
      const outcome = await replay(
        managed,
        request,
        {
          onRead: (letters, planned) => {
            read += letters;
            update({ read, planned });
          },
          onSent: (redriving) => {
            managed
              .snapshotOf(request.from)
              .forget(redriving.redriven.map(({ messageId }) => messageId));
            update({ phase: 'waiting', ...shown(redriving) });
          },
          onKnown: (known) => update({ known }),
        },
        AbortSignal.any([this.#stop, cancel]),
      );
      update({ phase: 'done', outcome });
    } catch (error) {
      const told = describeError(error);
      update({ phase: 'failed', error: told?.message ?? String(error) });
    }
  }

  #update(id: string, change: Partial<ReplayState>): void {
    const state = this.#states.get(id);
    if (state !== undefined) this.#states.set(id, { ...state, ...change });
  }
}

function shown({ redriven, skipped, failed, doubled, unreachable }: Redriving) {
  const told = unreachable === undefined ? undefined : describeError(unreachable);
  return {
    redriven: redriven.length,
    skippedCount: skipped.length,
    skipped: skipped.slice(0, MAX_ROWS),
    failed: failed.slice(0, MAX_ROWS),
    doubled: doubled.slice(0, MAX_ROWS),
    ...(told && { error: told.message }),
  };
}
