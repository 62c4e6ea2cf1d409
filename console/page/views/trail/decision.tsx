import type { ShownDecision } from '../../../server/trail/shown-decision.ts';
import { count } from '../../format.ts';
import { to } from '../../state.ts';
import { ReasonLink, Verdict } from './verdict.tsx';

/** What was decided of a record, why, and what is at fault. */
export function Decision({ row }: { readonly row: ShownDecision }) {
  const { verdict, reason, lastReason, receives, status, detail, faulty = [] } = row;
  const { letterId, hasLetter, redrivenAs } = row;
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
      {letterId !== undefined && (
        <LetterOf letterId={letterId} isRead={hasLetter} isGone={redrivenAs.length > 0} />
      )}
      {detail !== undefined && <div class="detail">{detail}</div>}
      {redrivenAs.map((messageId) => (
        <div key={messageId}>
          Redriven as <MessageLink messageId={messageId} />
        </div>
      ))}
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

/** Leads to the timeline in which this message is marked. */
export function MessageLink({ messageId }: { readonly messageId: string }) {
  return (
    <a class="mono" href={to('event', messageId)}>
      {messageId}
    </a>
  );
}

/** The console knows a letter's body only from its last reading of the queue. */
function LetterOf({
  letterId,
  isRead,
  isGone,
}: {
  readonly letterId: string;
  readonly isRead: boolean;
  readonly isGone: boolean;
}) {
  return (
    <>
      , dead letter{' '}
      {isRead ? (
        <a class="mono" href={to('letter', letterId)}>
          {letterId}
        </a>
      ) : (
        <span class="mono">{letterId}</span>
      )}
      {!isRead && !isGone && (
        <>
          , not among <a href={to('letters')}>those that were read</a>
        </>
      )}
    </>
  );
}
