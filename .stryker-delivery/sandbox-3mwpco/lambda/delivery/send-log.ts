// @ts-nocheck
import type { Call } from '../finerworks/call.ts';
import type { CallVerdict } from '../finerworks/classify.ts';

/** How far images got in the calls of one invocation. */
export class SendLog {
  /** Those that went out in a call whose effect is not known to be none. */
  readonly sent = new Set<string>();
  /** In how many attempts of which nobody knows what became, by image. */
  readonly doubtful = new Map<string, number>();

  /** A call was attempted. */
  note({ updates }: Call, verdict: CallVerdict): void {
    if (verdict.kind === 'retry' && !verdict.mayTakeEffect) return;
    for (const { guid } of updates) {
      this.sent.add(guid);
      if (verdict.kind === 'retry') this.doubtful.set(guid, this.doubtsOf(guid) + 1);
    }
  }

  doubtsOf(guid: string): number {
    return this.doubtful.get(guid) ?? 0;
  }
}
