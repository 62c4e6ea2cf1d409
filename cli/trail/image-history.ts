import type { TrailRecord } from '../../lambda/trail/read-trail.ts';
import type { Trail } from '../aws/trail.ts';
import type { Dependencies, Outcome } from '../definition.ts';
import { paint } from '../terminal/terminal.ts';
import { findImage } from './find-image.ts';
import { lookAtTerminal, renderReadingAndMore } from './look-up-at-terminal.ts';
import { isAtFault, nameOf, rowOf } from './timeline.ts';

/**
 * Shows what became of every event that changes an image, oldest first.
 *
 * @param since milliseconds since 1970; a week ago where it is left out
 */
export async function showHistory(
  trail: Trail,
  guid: string,
  since: number | undefined,
  { terminal, emit }: Dependencies,
): Promise<Outcome> {
  const { records, reading } = await findImage(lookAtTerminal(trail, terminal), guid, since);
  const text = renderReadingAndMore(reading);
  if (records.length === 0) {
    const json = { found: false, guid, ...reading };
    return { exitCode: 1, text: `The trail does not know ${guid}. ${text}`, json };
  }
  emit(paint(terminal.stdout, 'bold', `image ${guid}`), { what: 'image', guid });
  for (const record of records) {
    const row = rowOf(record);
    emit(
      `${row.text}\n${' '.repeat(26)}of event ${nameOf(record)}${othersOf(record, guid)}`,
      row.json,
    );
  }
  const json = { found: true, guid, decisions: records.length, ...reading };
  return { exitCode: 0, text, json };
}

/** An event has one verdict for all its images. */
function othersOf(record: TrailRecord, guid: string): string {
  const { images } = record;
  if (images < 2) return '';
  return `, one of its ${images} images${isAtFault(record, guid) ? '' : ', and not at fault'}`;
}
