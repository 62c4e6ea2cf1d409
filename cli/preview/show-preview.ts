import { randomUUID } from 'node:crypto';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import type { TextLimits } from '../../lambda/contract/image.ts';
import { openTarget } from '../aws/target.ts';
import type { Dependencies, Outcome } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { eventFile, type Format } from '../files/event-file.ts';
import { checkFile } from '../files/file-check.ts';
import { remarksOf } from '../files/remarks.ts';
import { imageLists } from '../finerworks/asking.ts';
import type { RateOptions } from '../options/calls-per-second.ts';
import type { TargetOptions } from '../options/target-options.ts';
import { plural } from '../terminal/plural.ts';
import { countImage, isFine, noCounts, renderCounts } from './counts.ts';
import type { EventChanges } from './event-changes.ts';
import { previewImages } from './preview-images.ts';
import { isShown, renderPreview } from './render-preview.ts';
import { textLengths } from './text-lengths.ts';

/** What is to be compared, and how. */
export interface PreviewInput extends TargetOptions, RateOptions, TextLimits {
  readonly files: readonly string[];
  readonly format?: Format | undefined;
  /** Whether images that stay as they are get a line too. */
  readonly all: boolean;
  /** Whether it is about events that are sent with `--force`. */
  readonly force?: boolean;
}

/**
 * Shows what files of events would do to images, and changes nothing. Events are read with the limits of
 * the deployment, so that rejected ones are reported so; the input's limits say what is cut.
 *
 * @throws {UsageError} where a file or the deployment can't be read
 * @throws {UnavailableError} where FinerWorks can't be asked
 */
export async function showPreview(
  { files, format, all, force = false, ...input }: PreviewInput,
  { terminal, emit }: Dependencies,
): Promise<Outcome> {
  if (files.includes('-'))
    throw new UsageError('a preview reads a file twice, so - is not possible');
  const stop = terminal.interruption.defer();
  const names = [...new Set(files)];
  const eventFiles = names.map((name) => eventFile(name, format));
  const { clients, deployment } = await openTarget(input, terminal);
  const settings = await deployment.functionSettings();
  const readEvent = explainingReader(settings);
  const counts = noCounts();
  const tellRejected = (file: string, fault: { line: number; reason: string; detail: string }) => {
    counts.rejectedEvents += 1;
    emit(`${file}:${fault.line}: ${fault.reason}: ${fault.detail}`, { file, ...fault });
  };
  for (const file of eventFiles) {
    const check = await checkFile(file, readEvent, terminal, (fault) =>
      tellRejected(file.name, fault),
    );
    for (const remark of remarksOf(check)) {
      emit(`${file.name}: ${remark}`, { file: file.name, remark });
    }
  }
  const { lengths, remark } = textLengths(input, settings.apiUrl);
  if (remark !== undefined) emit(remark, { remark });
  const lists = await imageLists(clients, settings, { rate: input, stop });
  const sentAt = Date.now();
  const sources = eventFiles.map((file, nth) => ({
    file,
    // The events of a later file are the newer ones, as they are when they are sent.
    run: { run: randomUUID(), startedAt: sentAt + nth },
    isSent: () => false,
  }));
  const onEvent = ({ rejection, source, line }: EventChanges) => {
    if (rejection === undefined) return;
    tellRejected(source.file.name, { line, reason: rejection.reason, detail: rejection.message });
  };
  const previewing = { readEvent, terminal, settings, lengths, lists, stop };
  const reading = { ...previewing, sources, sentAt, isForced: force, onEvent };
  for await (const page of previewImages(reading)) {
    for (const preview of page) {
      countImage(counts, preview);
      if (all || isShown(preview)) emit(renderPreview(preview), preview);
    }
  }
  const unfinished = stop.aborted ? 'Interrupted; until then ' : '';
  return {
    exitCode: isFine(counts) ? 0 : 1,
    text: `${unfinished}${renderCounts(counts)}. ${plural(lists.calls, 'call')}, nothing was changed.`,
    json: { complete: !stop.aborted, counts, calls: lists.calls },
  };
}
