import { effect, signal } from '@preact/signals';
import type { UndeliveredSource } from '../../cli/options/letter-queue-options.ts';
import { chosenGroups, deployment } from './state.ts';

const NOTHING = { from: '', reason: '', source: '', account: '', detail: '', guid: '' };

/** Which letters are shown, and replayed: of which queue, and what they must have; an empty text for any. */
export type LetterFilter = typeof NOTHING;
const filter = signal<LetterFilter>(NOTHING);
/** Read where it is shown. */
export const letterFilter = () => filter.value;

/** Changes what is shown. Groups that were chosen before may not be in sight any more, so none is. */
export function setLetterFilter(change: Partial<LetterFilter>): void {
  filter.value = { ...filter.value, ...change };
  chosenGroups.value = new Set();
}

/** Shows all letters of the queue again. */
export function clearLetterFilter(): void {
  setLetterFilter({ ...NOTHING, from: filter.value.from });
}

// What was chosen of one deployment must never be done to another.
let shown = deployment.value;
effect(() => {
  if (deployment.value === shown) return;
  shown = deployment.value;
  setLetterFilter(NOTHING);
});

/** The queue that the console is asked about. */
export function letterQueue(): { readonly from?: UndeliveredSource } {
  const { from } = filter.value;
  return from === 'topic' || from === 'rule' || from === 'webhooks' ? { from } : {};
}

/** The filter, as `dlq list` takes it. */
export function letterChoice() {
  const { reason, source, account, detail, guid } = filter.value;
  const wanted = guid.trim().toLowerCase();
  return {
    ...letterQueue(),
    ...(reason !== '' && { reason: [reason] }),
    ...(source !== '' && { source: [source] }),
    ...(account !== '' && { account: [account] }),
    ...(detail.trim() !== '' && { detail: detail.trim() }),
    ...(wanted !== '' && { guid: [wanted] }),
  };
}

/** What the filter leaves, in words; empty where it leaves all. */
export function filterInWords(): string {
  const { from: _, ...fields } = filter.value;
  return Object.entries(fields)
    .filter(([, value]) => value.trim() !== '')
    .map(([name, value]) => `${NAMES[name] ?? name} “${value.trim()}”`)
    .join(', ');
}

const NAMES: Readonly<Record<string, string>> = { guid: 'image', detail: 'detail with' };

/** What the letters of a queue are called. */
export function queueName(from: string): string {
  switch (from) {
    case 'topic':
      return 'What the topic could not deliver';
    case 'rule':
      return 'What the rule could not deliver';
    case 'webhooks':
      return 'Webhooks that could not be mapped';
    default:
      return 'Dead letters';
  }
}
