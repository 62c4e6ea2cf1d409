import { RateLimiter, shareOf } from '../delivery/rate-limiter.ts';
import { TimeShare } from '../delivery/time-share.ts';
import { ImageTroubles } from '../evidence/image-troubles.ts';
import { BoundedMap } from '../general/bounded-map.ts';
import { VerificationMemory } from '../verification/verification-memory.ts';
import { AccountHealth } from './account-health.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

/** Accounts that are remembered. */
const MAX_ACCOUNTS = 10_000;

/** What a sandbox of the function remembers between invocations. */
export class SandboxMemory {
  readonly rateLimiter: RateLimiter;
  /** For the host: opens where there is no connection to it at all. */
  readonly hostCircuit = new CircuitBreaker();
  readonly troubles = new ImageTroubles();
  readonly verification: VerificationMemory;
  /** Whether lists of images come without their products, so that these are listed beside them. */
  areProductsApart = false;
  /** For calls that are likely to fail. */
  readonly riskTime: TimeShare;
  readonly #accounts = new BoundedMap<string | null, AccountHealth>(MAX_ACCOUNTS);

  /** @param now milliseconds since 1970 */
  constructor(settings: Parameters<typeof shareOf>[0], now: number) {
    this.rateLimiter = new RateLimiter(shareOf(settings), now);
    this.riskTime = new TimeShare(now);
    this.verification = new VerificationMemory(now);
  }

  healthOf(account: string | null): AccountHealth {
    const health = this.#accounts.get(account) ?? new AccountHealth();
    this.#accounts.set(account, health);
    return health;
  }
}
