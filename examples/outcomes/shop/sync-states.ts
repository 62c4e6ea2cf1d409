import * as z from 'zod';

/** As much of an outcome as the shop needs; docs/contract/asyncapi.json has all of it. */
export const Outcome = z.object({
  type: z.string(),
  time: z.iso.datetime(),
  data: z.object({
    guids: z.array(z.string()),
    faulty: z.array(z.string()).optional(),
    reason: z.string().optional(),
    detail: z.string().optional(),
  }),
});
export type Outcome = z.output<typeof Outcome>;

/** How an image stands. */
export interface SyncState {
  /** RFC 3339; undefined where it never was. */
  readonly syncedAt?: string;
  /** The last failure, where nothing went well since. */
  readonly failure?: { readonly at: string; readonly why: string };
}

/** How the shop's images stand at FinerWorks. A real shop keeps this in its database. */
export class SyncStates {
  readonly #states = new Map<string, SyncState>();

  of(guid: string): SyncState {
    return this.#states.get(guid) ?? {};
  }

  /** Takes an outcome. They come in any order, and now and then twice: the newest counts. */
  take({ type, time, data }: Outcome): void {
    const { guids, faulty = guids, reason = '', detail = '' } = data;
    if (/\.(applied|unchanged)$/.test(type)) {
      for (const guid of guids) this.#succeeded(guid, time);
    }
    if (/\.(dead-lettered|retries-exhausted)$/.test(type)) {
      const why = detail === '' ? reason : `${reason}: ${detail}`;
      for (const guid of faulty) this.#failed(guid, { at: time, why });
    }
  }

  #succeeded(guid: string, at: string): void {
    const { syncedAt = at, failure } = this.of(guid);
    const isOpen = failure !== undefined && failure.at > at;
    this.#states.set(guid, {
      syncedAt: syncedAt > at ? syncedAt : at,
      ...(isOpen && { failure }),
    });
  }

  #failed(guid: string, failure: NonNullable<SyncState['failure']>): void {
    const state = this.of(guid);
    const newest = [state.syncedAt, state.failure?.at].every((at = '') => at < failure.at);
    if (newest) this.#states.set(guid, { ...state, failure });
  }
}
