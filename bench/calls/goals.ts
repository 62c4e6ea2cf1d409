import { judge } from '../judge.ts';
import { MIDDY, POWERTOOLS, PROTECT, REMOVE, WITHOUT_LEDGER } from './contenders.ts';
import { fewestSeconds } from './limit.ts';
import type { RunFigures } from './measure-run.ts';
import { medianOf } from './median-of.ts';
import type { CallsResult } from './result.ts';

const DISTINCT = 'all distinct';
const MAX_CALLS = 1.05;
const TIMES_FEWER = 40;
const MAX_SECONDS = 1.2;

/** What the benchmark was to show, each with what it shows. */
export function goalLines(result: CallsResult): string[] {
  const median = (contender: string, value: (figures: RunFigures) => number) =>
    medianOf(result, contender, DISTINCT, value);
  const calls = (contender: string) => median(contender, ({ updateCalls }) => updateCalls);
  const changed = result.changedImages[DISTINCT] ?? 0;
  const ofBatches = median(
    REMOVE.name,
    ({ updateCalls, fewestCalls }) => updateCalls / fewestCalls,
  );
  const ofSeconds = (contender: string) =>
    median(contender, (run) => run.seconds / fewestSeconds(changed, run));
  const fewer = [POWERTOOLS, MIDDY].map((peer) => calls(peer) / calls(REMOVE.name));
  return [
    `- Calls at most ${MAX_CALLS} of what the batches allow, where nothing fails: ${ofBatches.toFixed(2)}, ${judge(ofBatches <= MAX_CALLS)}.`,
    `- At least ${TIMES_FEWER} times fewer calls than one a record: ${fewer.map((times) => times.toFixed(0)).join(' and ')} times, ${judge(Math.min(...fewer) >= TIMES_FEWER)}.`,
    ...[PROTECT, REMOVE, WITHOUT_LEDGER].map(({ name }) => {
      const ratio = ofSeconds(name);
      return `- Seconds at most ${MAX_SECONDS} of the limit, ${name}: ${ratio.toFixed(2)}, ${judge(ratio <= MAX_SECONDS)}.`;
    }),
  ];
}
