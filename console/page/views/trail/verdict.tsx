import { to } from '../../state.ts';

/** A verdict and its reason; those of later functions are shown as they are. */
export function Verdict({
  verdict,
  reason,
}: {
  readonly verdict: string;
  readonly reason?: string;
}) {
  return (
    <>
      <strong class={verdict === 'dead-lettered' ? 'wrong' : ''}>{verdict}</strong>
      {reason !== undefined && (
        <>
          {' '}
          <ReasonLink reason={reason} />
        </>
      )}
    </>
  );
}

/** A reason, with what the runbook says of it under a heading of its own. */
export function ReasonLink({ reason }: { readonly reason: string }) {
  return <a href={to('runbook', `reason-${reason.toLowerCase()}`)}>{reason}</a>;
}
