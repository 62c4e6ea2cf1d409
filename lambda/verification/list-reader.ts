import type { CallBlocked, CallFailed, CallOptions } from '../delivery/send-verdict.ts';
import type { Sender } from '../delivery/sender.ts';
import { MAX_IMAGES_LISTED } from '../finerworks/list-images.ts';
import { chunk } from '../general/chunk.ts';
import { Limiter } from '../general/limiter.ts';
import { readShown, type Shown } from './read-shown.ts';
import type { Verify } from './watch.ts';

/** Lists under way at once, beside updates and preflights. */
const MAX_AT_ONCE = 4;

export interface ListReaderDependencies {
  readonly sender: Sender;
  /** 8 to 50 characters. */
  readonly requestId: string;
  readonly limits: { readonly verify: Verify };
}

type ListResult = ReadonlyMap<string, Shown> | CallFailed | CallBlocked;

/** Lists images to read their texts. Like every call, lists keep the pace, the circuits and the keys. */
export class ListReader {
  readonly #sender: Sender;
  readonly #sessionId: string;
  /** Where updates go on without lists, a failed list does not count against the account. */
  readonly #options: CallOptions;
  readonly #limiter = new Limiter(MAX_AT_ONCE);

  constructor({ sender, requestId, limits }: ListReaderDependencies) {
    this.#sender = sender;
    this.#sessionId = requestId;
    this.#options = { isLikelyToFail: limits.verify !== 'all' };
  }

  /** @returns the images that are shown, or why the list failed. Never throws. */
  list(account: string | null, guids: readonly string[]): Promise<ListResult> {
    return this.#list(account, guids, () => true);
  }

  /** The same, but a list that leaves any of them out has failed: an earlier list showed them. */
  listAll(account: string | null, guids: readonly string[]): Promise<ListResult> {
    return this.#list(account, guids, (shown, asked) => shown.size === asked.length);
  }

  async #list(
    account: string | null,
    guids: readonly string[],
    isWhole: (shown: ReadonlyMap<string, Shown>, asked: readonly string[]) => boolean,
  ): Promise<ListResult> {
    const all = new Map<string, Shown>();
    for (const asked of chunk(guids, { maxItems: MAX_IMAGES_LISTED })) {
      let shown: ReadonlyMap<string, Shown> | undefined;
      const isUsable = (content: unknown) => {
        shown = readShown(content, asked);
        return shown !== undefined && isWhole(shown, asked);
      };
      const query = { account, guids: asked, sessionId: this.#sessionId };
      const verdict = await this.#limiter.run(() =>
        this.#sender.list(query, isUsable, this.#options),
      );
      if (verdict.kind === 'failed' || verdict.kind === 'blocked') return verdict;
      if (verdict.kind === 'refused') return refused(verdict.detail);
      for (const [guid, one] of shown ?? []) all.set(guid, one);
    }
    return all;
  }
}

function refused(detail: string): CallFailed {
  const verdict = { kind: 'retry', reason: 'InventoryUnknown', detail } as const;
  return { kind: 'failed', verdict, isSlow: false };
}
