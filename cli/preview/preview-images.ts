import type { Config } from '../../lambda/config.ts';
import { coalesce } from '../../lambda/images/coalesce.ts';
import { UsageError } from '../errors.ts';
import type { ImageLists } from '../finerworks/image-lists.ts';
import { plural } from '../terminal/plural.ts';
import { startProgress } from '../terminal/progress.ts';
import { type EventChanges, eventChangesIn, type SourceReading } from './event-changes.ts';
import { type ImagePreview, type Judgement, previewsOf } from './image-preview.ts';
import { NewestChanges } from './newest-changes.ts';
import { type Page, Pages } from './pages.ts';

/** How files are compared with FinerWorks. */
export interface Previewing extends SourceReading {
  readonly settings: Pick<Config, 'clockAheadMinutes' | 'maxTimeAgeYears' | 'virtualInventory'>;
  readonly lengths: Judgement['lengths'];
  readonly lists: Pick<ImageLists, 'list' | 'calls'>;
  /** Ends it after the call that is under way. */
  readonly stop: AbortSignal;
  /** Called with each event, before any image is listed. */
  readonly onEvent: (event: EventChanges) => void;
}

/**
 * Compares what files want of images with what FinerWorks shows, the newest event of each image and
 * field alone. The files are read twice, so that memory holds no more of them than a few pages.
 *
 * @returns previews, a page of images at a time; fewer than there are where it was stopped
 * @throws {UsageError} where a file changes meanwhile
 * @throws {UnavailableError} where a page can't be listed
 */
export async function* previewImages(previewing: Previewing): AsyncGenerator<ImagePreview[]> {
  const { sources, terminal, settings, lengths, lists, stop, onEvent } = previewing;
  const newest = new NewestChanges();
  for await (const event of eventChangesIn(previewing)) {
    onEvent(event);
    for (const change of event.changes) newest.offer(change, event.at);
    if (stop.aborted) return;
  }
  const images = newest.size;
  const bar = startProgress(terminal, images, 'Asking FinerWorks for images');
  let asked = 0;
  try {
    for await (const page of pagesOf(previewing, newest)) {
      const guids = page.updates.map(({ guid }) => guid);
      const listed = await lists.list(page.account, guids);
      if (listed === undefined) return;
      asked += guids.length;
      bar.advance(
        guids.length,
        `${asked} of ${plural(images, 'image')}, ${plural(lists.calls, 'call')}`,
      );
      const judgement = { ...settings, lengths };
      bar.wipe();
      yield page.updates.flatMap((update) =>
        previewsOf(update, listed.get(update.guid), judgement),
      );
    }
  } finally {
    bar.stop(`${plural(asked, 'image')} compared`);
  }
  if (newest.size === 0) return;
  throw new UsageError(
    `${sources.map(({ file }) => file.name).join(', ')}: has changed while it was being read`,
  );
}

/** Reads the files again, for what matters of them. */
async function* pagesOf(previewing: Previewing, newest: NewestChanges): AsyncGenerator<Page> {
  const pages = new Pages();
  for await (const { changes, at } of eventChangesIn(previewing)) {
    for (const change of changes) {
      for (const update of coalesce(newest.collect(change, at) ?? [])) {
        const page = pages.add(update);
        if (page !== undefined) yield page;
      }
    }
  }
  yield* pages.rest();
}
