import { CallSize } from './call-size.ts';
import { ListLateness } from './list-lateness.ts';
import { Rewriting } from './rewriting.ts';
import { Sampler } from './sampler.ts';

/** What a sandbox remembers of calls that it read back. */
export class VerificationMemory {
  readonly sampler = new Sampler();
  readonly lateness = new ListLateness();
  readonly callSize = new CallSize();
  readonly rewriting = new Rewriting();
}
