import { fieldsOf } from '../../lambda/contract/fields.ts';
import type { HttpAnswer } from '../../lambda/finerworks/answer.ts';
import type { Call } from '../../lambda/finerworks/call.ts';
import type { Query } from '../../lambda/finerworks/list-images.ts';
import type { Update } from '../../lambda/images/change.ts';
import { listOf, success } from './answers.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What a FinerWorks of a test does to updates that it answers with success. */
export interface LibraryHabits {
  /** Those of a call that it takes; all of them unless the test says otherwise. */
  readonly take?: (updates: readonly Update[]) => readonly Update[];
  /** What it stores of a text. */
  readonly store?: (text: string) => string;
  /** Milliseconds by which lists lag behind. */
  readonly lag?: number;
  /** Images that lists do not show. */
  readonly unlisted?: readonly string[];
}

interface Version {
  readonly at: number;
  readonly title: string;
  readonly description: string;
}

/** What images have before a test. */
export const AS_UPLOADED = { title: 'as uploaded', description: 'as uploaded' };

/** A FinerWorks that says success to everything, with all images of a test in its inventory library. */
export function imageLibrary(time: VirtualTime, habits: LibraryHabits = {}) {
  const { take = (updates) => updates, store = (text) => text, lag = 0, unlisted = [] } = habits;
  const versions = new Map<string, Version[]>();
  const at = (guid: string, moment: number) =>
    versions.get(guid)?.findLast((version) => version.at <= moment) ?? AS_UPLOADED;
  return {
    /** What an image has now. */
    of: (guid: string) => {
      const { title, description } = at(guid, Number.POSITIVE_INFINITY);
      return { title, description };
    },
    answers: ({ updates }: Call): HttpAnswer => {
      for (const update of take(updates)) {
        const now = at(update.guid, Number.POSITIVE_INFINITY);
        const texts = fieldsOf(update).map((field) => [field, store(update[field] ?? '')]);
        const version = { ...now, ...Object.fromEntries(texts), at: time.now() };
        versions.set(update.guid, [...(versions.get(update.guid) ?? []), version]);
      }
      return success();
    },
    lists: ({ guids }: Query): HttpAnswer => {
      const listed = guids.filter((guid) => !unlisted.includes(guid));
      const moment = time.now() - lag;
      return listOf(
        listed.map((guid) => {
          const { title, description } = at(guid, moment);
          return { guid, title, description };
        }),
      );
    },
  };
}
