import { type Previewing, previewImages } from './preview-images.ts';

/**
 * Finds the images of files that need no event, because they are as the newest events want them. Left
 * out are images that FinerWorks does not list, those that an event forces, and those with an event that
 * an earlier run has sent: it may not be applied yet, and newer ones must follow it.
 *
 * @returns their guids; undefined where it was stopped
 * @throws {UnavailableError} where FinerWorks can't be asked
 */
export async function unchangedImages(
  previewing: Omit<Previewing, 'lengths' | 'onEvent'>,
): Promise<ReadonlySet<string> | undefined> {
  const unchanged = new Set<string>();
  const kept = new Set<string>();
  const onEvent: Previewing['onEvent'] = ({ isSent, changes }) => {
    for (const { guid, force } of changes) if (isSent || force) kept.add(guid);
  };
  for await (const page of previewImages({ ...previewing, lengths: {}, onEvent })) {
    for (const { guid, outcome } of page) (outcome === 'unchanged' ? unchanged : kept).add(guid);
  }
  return previewing.stop.aborted ? undefined : unchanged.difference(kept);
}
