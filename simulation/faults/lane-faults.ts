import type { Fault } from './fault.ts';

/** Faults in what keeps accounts apart, and in when one of them is left alone. */
export const LANE_FAULTS: readonly Fault[] = [
  {
    name: 'the circuit never opens',
    from: 19,
    file: 'lanes/circuit-breaker.ts',
    search: 'if (!isTrial && this.#failures[kind] < FAILURES_TO_OPEN) return false;',
    replace: 'if (!isTrial) return false;',
  },
  {
    name: 'an open circuit is never half-open',
    world: { name: 'outage', variant: '500-several-images-an-event' },
    file: 'lanes/circuit-breaker.ts',
    search: "return now < this.#opened.until ? 'open' : 'half-open';",
    replace: "return now < this.#opened.until || this.#openings > 0 ? 'open' : 'half-open';",
  },
  {
    name: 'a circuit stays open no longer the second time',
    from: 370,
    file: 'lanes/circuit-breaker.ts',
    search: 'FIRST_OPEN * 2 ** (this.#openings - 1)',
    replace: 'FIRST_OPEN * 2 ** (this.#openings && 0)',
  },
  {
    name: 'a circuit that updates opened is closed by a preflight',
    from: 2_248,
    file: 'lanes/circuit-breaker.ts',
    search: 'if (this.#opened?.by !== kind) return;',
    replace: '',
  },
  {
    name: 'preflights that are answered hide that no update is',
    from: 2_248,
    file: 'lanes/circuit-breaker.ts',
    search: 'this.#failures[kind] = 0;\n    if',
    replace: 'this.#failures.update = this.#failures.preflight = 0;\n    if',
  },
  {
    name: 'a timeout counts as one failure',
    from: 23,
    file: 'delivery/lane-feedback.ts',
    search: 'const weight = isSlow ? TIMEOUT_WEIGHT : 1;',
    replace: 'const weight = isSlow ? 1 : 1;',
  },
  {
    name: 'circuits are forgotten with the invocation',
    from: 19,
    file: 'lanes/lanes.ts',
    search: 'health: this.#memory.healthOf(account)',
    replace: 'health: new (this.#memory.healthOf(account).constructor)()',
  },
  {
    name: 'all accounts have one circuit, one pace and one success',
    from: 15,
    file: 'lanes/sandbox-memory.ts',
    search:
      'this.#accounts.get(account) ?? new AccountHealth();\n    this.#accounts.set(account, health);',
    replace:
      'this.#accounts.get(null) ?? new AccountHealth();\n    this.#accounts.set(null, health);',
  },
  {
    name: 'a half-open circuit is tried with all images',
    world: { name: 'outage', variant: '500-several-images-an-event' },
    file: 'delivery/delivery.ts',
    search: 'images.splice(0, 1)',
    replace: 'images.splice(0)',
  },
  {
    name: 'images wait for those of other accounts before they are sent',
    world: { name: 'many-accounts', variant: 'one-event-each' },
    file: 'lanes/chunk-by-lane.ts',
    search: 'yield* unfilled.values();\n    unfilled.clear();\n    yield {',
    replace: 'yield {',
  },
];
