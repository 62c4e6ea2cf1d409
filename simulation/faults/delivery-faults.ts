import type { Fault } from './fault.ts';

/** Faults in what is sent to FinerWorks and what its answers are taken for. */
export const DELIVERY_FAULTS: readonly Fault[] = [
  {
    name: 'HTTP 200 counts as success, whatever the body says',
    file: 'finerworks/classify.ts',
    search: 'if (!parsed.data.status.success) return refusal(answer);',
    replace: '',
  },
  {
    name: 'a timeout counts as success',
    file: 'finerworks/classify.ts',
    search: "if (answer.kind === 'none') {",
    replace:
      "if (answer.kind === 'none' && answer.cause === 'Timeout') return { kind: 'applied', listed: undefined, text: '' }; if (answer.kind === 'none') {",
  },
  {
    name: 'HTTP 5xx counts as a refusal',
    from: 19,
    file: 'finerworks/classify.ts',
    search: "if (status < 200 || status >= 500) return retry('ServerError', answer);",
    replace: '',
  },
  {
    name: 'bad keys count as a refusal',
    from: 83,
    file: 'finerworks/classify.ts',
    search: "if (namesCredentials(answer)) return retry('BadKeys', answer);",
    replace: '',
  },
  {
    name: 'HTTP 403 counts as bad keys',
    from: 2_937,
    file: 'finerworks/classify.ts',
    search: "if (status === 403) return retry('Forbidden', answer);",
    replace: "if (status === 403) return retry('BadKeys', answer);",
  },
  {
    name: 'keys are tried again without having changed',
    from: 83,
    file: 'lanes/key-sets.ts',
    search: 'return refused.web_api_key !== web_api_key || refused.app_key !== app_key;',
    replace: 'this.tries = (this.tries ?? 0) + 1; return this.tries < 4;',
  },
  {
    name: 'keys are read again for each call that is forbidden',
    from: 2_381,
    file: 'lanes/key-sets.ts',
    search: 'this.#reloading ??= this.#reload();',
    replace: 'this.#reloading = this.#reload();',
  },
  {
    name: 'an image missing from the list of a success counts as updated',
    from: 18,
    file: 'isolation/prober.ts',
    search: 'if (listed !== undefined && !listed.has(update.guid)) {',
    replace: 'if (listed === update) {',
  },
  {
    name: 'calls start that can not finish before the deadline',
    from: 85,
    file: 'delivery/call-scheduler.ts',
    search: 'return clock.now() + wait + callTimeout <= deadline;',
    replace: 'return clock.now() + wait + callTimeout <= deadline + 3_600_000;',
  },
  {
    name: 'Retry-After is not heard',
    file: 'delivery/lane-feedback.ts',
    search: 'if (retryAfterSeconds > 0) health.pace.pauseUntil(now + retryAfterSeconds * 1_000);',
    replace: '',
  },
  {
    name: 'Retry-After is heard, however long it is',
    from: 82,
    file: 'delivery/lane-feedback.ts',
    search: 'Math.min(asked, limits.maxRetryAfterSeconds)',
    replace: 'Math.max(asked, limits.maxRetryAfterSeconds && 0)',
  },
  {
    name: 'a preflight and an update that wait side by side take the same turn',
    from: 213,
    file: 'delivery/call-scheduler.ts',
    search:
      'memory.rateLimiter.take(now + wait);\n    lane.health.pace.take(now + wait);\n    if (wait === 0) return undefined;\n    await clock.sleep(wait);',
    replace:
      'lane.health.pace.take(now + wait); await clock.sleep(wait); memory.rateLimiter.take(clock.now());',
  },
  {
    name: 'an image is settled before the last of its calls',
    world: { name: 'many-accounts', variant: 'two-of-an-image' },
    file: 'delivery/first-round.ts',
    search: '(guid) => !open.has(guid) && !isolation.isOpen(guid)',
    replace: '(guid) => !isolation.isOpen(guid)',
  },
  {
    name: 'an idle sandbox saves up calls',
    from: 13,
    file: 'delivery/rate-limiter.ts',
    search: 'this.#nextAt = Math.max(at, this.#nextAt) + this.#interval;',
    replace: 'this.#nextAt = this.#nextAt + this.#interval + 0 * at;',
  },
  {
    name: 'the next update does not wait for the one before',
    file: 'general/each-at-once.ts',
    search: 'while (underWay.size >= atOnce) await wait();',
    replace: '',
  },
  {
    name: 'two updates of an image may be under way at once',
    world: { name: 'many-accounts', variant: 'two-of-an-image-3-at-once' },
    file: 'general/each-at-once.ts',
    search: 'while ([...underWay.values()].some((other) => clash(item, other))) await wait();',
    replace: '',
  },
];
