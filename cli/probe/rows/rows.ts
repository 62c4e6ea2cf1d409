import type { Probed } from '../../../infra/doctor/probed.ts';
import { READING_ROWS } from './reading-rows.ts';
import type { Row } from './row.ts';
import { TEXT_ROWS } from './text-rows.ts';
import { WRITING_ROWS } from './writing-rows.ts';

/** What the table says of what was seen. */
export function rowsOf({ facts, notSeen }: Pick<Probed, 'facts' | 'notSeen'>): Row[] {
  return [...READING_ROWS, ...WRITING_ROWS, ...TEXT_ROWS].map((rule) => rule(facts, notSeen));
}
