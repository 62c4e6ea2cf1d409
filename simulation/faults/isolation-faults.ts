import type { Fault } from './fault.ts';

/** Faults in the search for images that are refused or make calls fail. */
export const ISOLATION_FAULTS: readonly Fault[] = [
  {
    name: 'the search for bad images has no budget',
    from: 27,
    file: 'isolation/prober.ts',
    search: 'if (spent >= limits.maxIsolationCalls && !options.isOwnCall) {',
    replace: 'if (spent >= limits.maxIsolationCalls + 1_000) {',
  },
  {
    name: 'what was proved good is searched and sent again',
    file: 'isolation/batch-isolation.ts',
    search: 'this.add(finding, updates.length === 1 ? MAX_ATTEMPTS : 1);',
    replace: "this.add(finding.kind === 'good' ? { ...open, set } : finding);",
  },
  {
    name: 'what was refused alone is searched and sent again',
    file: 'isolation/batch-isolation.ts',
    search: "if (isRefusedAlone && (finding.kind !== 'leftOut' || set.isSecondTry)) return;",
    replace: "if (isRefusedAlone && finding.kind === 'leftOut' && set.isSecondTry) return;",
  },
  {
    name: 'a call is attempted as often as there is time',
    from: 84,
    file: 'isolation/batch-isolation.ts',
    search: 'if (attempts === MAX_ATTEMPTS || isSlow',
    replace: 'if (attempts === MAX_ATTEMPTS + 5 || isSlow',
  },
  {
    name: 'a call that fails is never searched',
    from: 2,
    world: { name: 'hanging-images-in-backlog', variant: '4-of-200' },
    file: 'isolation/batch-isolation.ts',
    search: 'if (isDivisible && (await this.#worksOtherwise(lane, open.at))) {',
    replace: 'if (isDivisible && open.at < 0) {',
  },
  {
    name: 'a call that fails is searched in an outage',
    from: 19,
    file: 'isolation/batch-isolation.ts',
    search: 'const isRecent = () => lane.health.lastSuccessAt > failedAt - RECENTLY;',
    replace: 'const isRecent = () => failedAt > 0;',
  },
  {
    name: 'what must make a call fail, since the others do not, counts as applied',
    from: 16,
    file: 'isolation/batch-isolation.ts',
    search: 'this.add({ ...open, set }, updates.length === 1 ? MAX_ATTEMPTS : 1);',
    replace:
      "for (const update of updates) this.#dependencies.registry.record(update, { kind: 'applied' });",
  },
  {
    name: 'an image that makes calls fail goes with the others again',
    world: { name: 'failing-images', variant: 'hang-at-first' },
    file: 'isolation/failing-images.ts',
    search: 'return this.#troubles.of(guid)?.failing !== undefined;',
    replace: 'return this.#troubles.of(guid)?.failing === guid;',
  },
  {
    name: 'a call that hangs takes its whole timeout each time',
    world: { name: 'hanging-images-in-backlog', variant: '45-of-1999' },
    file: 'delivery/lane-feedback.ts',
    search: 'return isWhole ? callTimeout : ',
    replace: 'return isWhole || now > 0 ? callTimeout : ',
  },
  {
    name: 'an image that hung alone never has the whole timeout again',
    world: { name: 'failing-images', variant: 'hang-at-first' },
    file: 'delivery/lane-feedback.ts',
    search: 'const isWhole = isLikelyToFail || ',
    replace: 'const isWhole = ',
  },
  {
    name: 'calls are given up early although none hung',
    file: 'delivery/lane-feedback.ts',
    search: '!health.isHanging || ',
    replace: '',
  },
  {
    name: 'the trial of a half-open circuit is given up early',
    world: { name: 'outage', variant: 'hang' },
    file: 'delivery/lane-feedback.ts',
    search: " || health.circuit.state(now) !== 'closed';",
    replace: ';',
  },
  {
    name: 'calls stay small after an outage in which they hung',
    world: { name: 'outage', variant: 'hang-with-backlog' },
    file: 'lanes/account-health.ts',
    search: "if (this.circuit.state(now) !== 'closed') this.#together = ALL_TOGETHER;",
    replace: '',
  },
  {
    name: 'images of throttled calls are sent alone',
    world: { name: 'throttled-now-and-then', variant: 'backlog-2000' },
    file: 'isolation/failing-images.ts',
    search: "if (failed.verdict.reason === 'Throttled') return;",
    replace: '',
  },
];
