import { anchorOfReason } from '../runbook-anchor.ts';
import { to } from '../state.ts';

/** A verdict, which those of later functions are shown as they are. */
export function Verdict({ verdict }: { readonly verdict: string }) {
  return <strong class={verdict === 'dead-lettered' ? 'wrong' : ''}>{verdict}</strong>;
}

/** A reason, with what the runbook says of it. */
export function ReasonLink({ reason }: { readonly reason: string | undefined }) {
  if (reason === undefined) return null;
  return <a href={to('runbook', anchorOfReason(reason))}>{reason}</a>;
}
