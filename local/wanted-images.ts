import type { SQSRecord } from 'aws-lambda';
import { FIELDS } from '../lambda/contract/fields.ts';
import { eventReader } from '../lambda/contract/image-event.ts';
import type { Change, Update } from '../lambda/images/change.ts';
import { coalesce } from '../lambda/images/coalesce.ts';
import { parseRecord } from '../lambda/records/parse-record.ts';
import type { StandIn } from './finerworks/stand-in.ts';
import { storedText } from './finerworks/taking.ts';

/** How records are read: as the function is set here. */
export const READING = {
  readEvent: eventReader({}),
  limits: { clockAheadMinutes: 15, maxTimeAgeYears: 20 },
};

/** What was asked for, to be compared with what the stand-in has in the end. */
export class WantedImages {
  readonly #changes: Change[] = [];

  /** A record left the queue. */
  readonly add = (record: SQSRecord): void => {
    this.#changes.push(...parseRecord(record, READING).changes);
  };

  /** @param dead messages that were given up: what they wanted is not expected of anybody */
  compare({ images, readings }: Pick<StandIn, 'images' | 'readings'>, dead: ReadonlySet<string>) {
    const updates = coalesce(this.#changes.filter(({ messageId }) => !dead.has(messageId)));
    const isRight = (update: Update) =>
      FIELDS.every((field) => {
        const wanted = update[field];
        const stored = images.get(update.guid)?.[field];
        return wanted === undefined || stored === storedText(field, wanted, readings);
      });
    // An image has two updates where its fields were changed under two accounts.
    const wrong = new Set(updates.filter((update) => !isRight(update)).map(({ guid }) => guid));
    const wanted = new Set(updates.map(({ guid }) => guid));
    return { imagesWanted: wanted.size, imagesRight: wanted.size - wrong.size };
  }
}
