import type { EventDetail } from '../../../server/trail/event-detail.ts';
import { when } from '../../format.ts';
import { Decision, MessageLink } from './decision.tsx';

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
          <div>{row.what === 'sent' ? <Sending row={row} /> : <Decision row={row} />}</div>
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
    <>
      sent as message <span class="mono">{messageId}</span>
      {originMessageId !== undefined && (
        <>
          , redrive {redrives} of <MessageLink messageId={originMessageId} />
        </>
      )}
    </>
  );
}
