import type { TrailRecord } from '../../lambda/trail/read-trail.ts';
import type { Trail } from '../aws/trail.ts';
import type { Dependencies, Outcome } from '../definition.ts';
import { paint } from '../terminal/terminal.ts';
import { lookUp, renderReading } from './look-up.ts';
import { nameOf, rowOf } from './timeline.ts';

const WEEK = 7 * 86_400_000;

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
  const found: TrailRecord[] = [];
  const take = (record: TrailRecord) => {
    if (record.guids.includes(guid)) found.push(record);
  };
  const now = Date.now();
  const period = { from: since ?? now - WEEK, to: now };
  const reading = await lookUp(trail, period, { take, isEnough: () => false }, terminal);
  const text = renderReading(reading);
  if (found.length === 0) {
    const json = { found: false, guid, ...reading };
    return { exitCode: 1, text: `The trail does not know ${guid}. ${text}`, json };
  }
  emit(paint(terminal.stdout, 'bold', `image ${guid}`), { what: 'image', guid });
  for (const record of found.toSorted((one, other) => one.at - other.at)) {
    const row = rowOf(record);
    emit(
      `${row.text}\n${' '.repeat(26)}of event ${nameOf(record)}${othersOf(record, guid)}`,
      row.json,
    );
  }
  return { exitCode: 0, text, json: { found: true, guid, decisions: found.length, ...reading } };
}

/** An event has one verdict for all its images. */
function othersOf({ images, faulty }: TrailRecord, guid: string): string {
  if (images < 2) return '';
  const isAtFault = faulty === undefined || faulty.includes(guid);
  return `, one of its ${images} images${isAtFault ? '' : ', and not at fault'}`;
}
