import type { CallVerdict } from '../../lambda/finerworks/classify.ts';
import { printable } from '../terminal/printable.ts';

/** Of a detail: enough to see what FinerWorks said, within a cell of a table. */
const SHOWN_OF_DETAIL = 160;

/** A question stays open. The message says why. */
export class NotSeen extends Error {
  override readonly name = 'NotSeen';
}

/** What an answer that is no success says, in one line. */
export function detailOf(verdict: Exclude<CallVerdict, { kind: 'applied' }>): string {
  const reason = verdict.kind === 'retry' ? `${verdict.reason}: ` : '';
  const detail = verdict.detail.replaceAll(/\s+/g, ' ');
  const cut = detail.length > SHOWN_OF_DETAIL ? `${detail.slice(0, SHOWN_OF_DETAIL)}…` : detail;
  return printable(`${reason}${cut}`.toWellFormed());
}
