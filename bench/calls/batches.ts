import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { TallyListeners } from '../../local/tally.ts';
import { fewestCalls } from './limit.ts';

const Event = z.object({ guid: z.string(), title: z.string(), time: z.string() });

/** Listens to what is deleted of each batch, and says in how many calls that could have been done. */
export class Batches {
  /** The newest time and title of each image, of the batches so far. */
  readonly #newest = new Map<string, { readonly title: string; readonly time: string }>();
  #deleted: SQSRecord[] = [];
  /** A full call for each 50 images that a batch changes. */
  fewestCalls = 0;

  /** Deletions come before the returned records of the same batch, which are often none. */
  readonly listeners: TallyListeners = {
    onDeleted: (record) => this.#deleted.push(record),
    onReturned: () => this.#end(),
  };

  #end(): void {
    const changed = new Set<string>();
    for (const { body } of this.#deleted.splice(0)) {
      const { guid, title, time } = Event.parse(jsonOrUndefined(body));
      const known = this.#newest.get(guid);
      if (known !== undefined && known.time >= time) continue;
      this.#newest.set(guid, { title, time });
      if (known?.title !== title) changed.add(guid);
    }
    this.fewestCalls += fewestCalls(changed.size);
  }
}
