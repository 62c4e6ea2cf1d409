import { plural } from '../terminal/plural.ts';
import { paint, type Terminal } from '../terminal/terminal.ts';
import type { Occurrence } from './occurrence.ts';

/** Something that happened, for people. */
export function renderOccurrence(occurrence: Occurrence, { stdout }: Terminal): string {
  const { time } = occurrence;
  switch (occurrence.kind) {
    case 'deadLettered': {
      const { reason, detail, messageId, eventId, source } = occurrence;
      const event = eventId === null ? '' : `  event ${eventId}`;
      const from = source === undefined ? '' : `  from ${source}`;
      const what = paint(stdout, 'red', `dead-lettered  ${reason}`);
      return `${time}  ${what}  message ${messageId}${event}${from}\n    ${detail}`;
    }
    case 'returned': {
      const { reason, records, detail } = occurrence;
      const what = paint(stdout, 'yellow', `returned       ${reason}`);
      return `${time}  ${what}  ${plural(records, 'record')}\n    ${detail}`;
    }
    case 'warning':
      return `${time}  ${paint(stdout, 'yellow', 'warning')}        ${occurrence.detail}`;
    case 'batch': {
      const { records, images, unchanged, superseded, calls } = occurrence;
      const counts = [
        plural(images, 'image'),
        `${unchanged} unchanged`,
        `${superseded} superseded`,
        plural(calls, 'call'),
      ];
      return `${time}  batch          ${plural(records, 'record')}: ${counts.join(', ')}`;
    }
  }
}
