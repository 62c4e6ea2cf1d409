import { plural } from '../../../../cli/terminal/plural.ts';
import type { TailLine } from '../../../server/routes/tail.ts';
import { count } from '../../format.ts';
import { to } from '../../state.ts';
import { Verdict } from '../trail/verdict.tsx';

/** Something that happened. */
export function TailRow({ line }: { readonly line: TailLine }) {
  switch (line.kind) {
    case 'deadLettered':
      return <DeadLettered line={line} />;
    case 'returned':
      return (
        <div>
          <Verdict verdict="returned" reason={line.reason} />, {plural(line.records, 'record')}
          <div class="detail">{line.detail}</div>
        </div>
      );
    case 'warning':
      return (
        <div>
          <strong>warning</strong> <span class="detail">{line.detail}</span>
        </div>
      );
    case 'batch':
      return (
        <div class="quiet">
          batch of {plural(line.records, 'record')}: {plural(line.images, 'image')},{' '}
          {count(line.unchanged)} unchanged, {count(line.superseded)} superseded,{' '}
          {plural(line.calls, 'call')}
        </div>
      );
  }
}

function DeadLettered({ line }: { readonly line: Extract<TailLine, { kind: 'deadLettered' }> }) {
  const { reason, eventId, messageId, source, guids, detail } = line;
  return (
    <div>
      <Verdict verdict="dead-lettered" reason={reason} />, {eventId === null ? 'message' : 'event'}{' '}
      <a class="mono" href={to('event', eventId ?? messageId)}>
        {eventId ?? messageId}
      </a>
      {source !== undefined && ` from ${source}`}
      <div class="detail">{detail}</div>
      {guids.map((guid) => (
        <a key={guid} class="mono item" href={to('image', guid)}>
          {guid}
        </a>
      ))}
    </div>
  );
}
