import type { EventDetail } from '../../server/trail/event-detail.ts';
import { when } from '../format.ts';
import { to } from '../state.ts';
import { Decision } from './decision.tsx';

type Row = EventDetail['rows'][number];

/** Messages when they were sent, and each time that they were decided. @param asked marks its rows */
export function Timeline({
  rows,
  asked,
}: {
  readonly rows: readonly Row[];
  readonly asked: string;
}) {
  return (
    <ol class="timeline">
      {rows.map((row, at) => (
        <li key={at} aria-current={isAsked(row, asked) ? 'true' : undefined}>
          <time>{when(row.at)}</time>
          {row.what === 'sent' ? <Sending row={row} /> : <Decided row={row} />}
        </li>
      ))}
    </ol>
  );
}

/** The id of the event itself is that of every row. */
function isAsked(row: Row, asked: string): boolean {
  return row.what === 'sent' ? row.messageId === asked : row.letterId === asked;
}

function Sending({ row }: { readonly row: Extract<Row, { what: 'sent' }> }) {
  const { messageId, originMessageId, redrives = '' } = row;
  return (
    <div>
      sent as message <span class="mono">{messageId}</span>
      {originMessageId !== undefined && (
        <>
          , redrive {redrives} of <MessageLink messageId={originMessageId} />
        </>
      )}
    </div>
  );
}

function Decided({ row }: { readonly row: Extract<Row, { what: 'decided' }> }) {
  return (
    <div>
      <Decision row={row} />
      {row.redrivenAs.map((messageId) => (
        <div key={messageId}>
          redriven as <MessageLink messageId={messageId} />
        </div>
      ))}
    </div>
  );
}

/** Leads to the timeline in which this message is marked. */
function MessageLink({ messageId }: { readonly messageId: string }) {
  return (
    <a class="mono" href={to('event', messageId)}>
      {messageId}
    </a>
  );
}
