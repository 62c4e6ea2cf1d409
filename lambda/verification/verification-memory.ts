import { TimeShare } from '../delivery/time-share.ts';
import { CallSize } from './call-size.ts';
import { ListLateness } from './list-lateness.ts';
import { Rewriting } from './rewriting.ts';
import { Sampler } from './sampler.ts';

/** What a sandbox has learned from calls that it read back. */
export class VerificationMemory {
  /** For waiting with nothing else to do: the next records of the queue wait too. */
  readonly waitingTime: TimeShare;
  readonly sampler = new Sampler();
  readonly lateness = new ListLateness();
  readonly callSize = new CallSize();
  readonly rewriting = new Rewriting();

  /** @param now milliseconds since 1970 */
  constructor(now: number) {
    this.waitingTime = new TimeShare(now);
  }
}
