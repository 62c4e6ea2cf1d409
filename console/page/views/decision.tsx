import type { ShownDecision } from '../../server/trail/shown-decision.ts';
import { count } from '../format.ts';
import { to } from '../state.ts';
import { ReasonLink, Verdict } from './verdict.tsx';

/** What was decided of a record, why, and what is at fault. */
export function Decision({ row }: { readonly row: ShownDecision }) {
  const { verdict, reason, lastReason, receives, status, detail, faulty = [], letterId } = row;
  return (
    <>
      <Verdict verdict={verdict} reason={reason} />
      {lastReason !== undefined && (
        <>
          {' '}
          by <ReasonLink reason={lastReason} />
        </>
      )}
      , receive {count(receives)}
      {status !== undefined && `, FinerWorks answered HTTP ${status}`}
      {letterId !== undefined && <LetterOf letterId={letterId} isRead={row.hasLetter} />}
      {detail !== undefined && <div class="detail">{detail}</div>}
      {faulty.length > 0 && (
        <div>
          At fault:{' '}
          {faulty.map((guid) => (
            <a key={guid} class="mono item" href={to('image', guid)}>
              {guid}
            </a>
          ))}
        </div>
      )}
    </>
  );
}

/** The console knows a letter's body only from its last reading of the queue. */
function LetterOf({ letterId, isRead }: { readonly letterId: string; readonly isRead: boolean }) {
  if (isRead) {
    return (
      <>
        , dead letter{' '}
        <a class="mono" href={to('letter', letterId)}>
          {letterId}
        </a>
      </>
    );
  }
  return (
    <>
      , dead letter <span class="mono">{letterId}</span>, which is not among{' '}
      <a href={to('letters')}>those that were read</a>
    </>
  );
}
