import { Command } from 'commander';
import * as z from 'zod';
import { define } from '../definition.ts';
import { addRateOption, RateOptions } from '../options/calls-per-second.ts';
import { addFileOptions, FileOptions } from '../options/file-options.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { showPreview } from '../preview/show-preview.ts';

/** `preview FILE…` */
export const PREVIEW = define({
  build: () =>
    addRateOption(
      addTargetOptions(
        addFileOptions(
          new Command('preview')
            .description(
              'compare files of events with the images at FinerWorks: what would change, be cut, be rejected, or lose its products; nothing is changed or sent. Ends with 0 where every image is or would be as the files want it, with 1 where any is unknown, cut, rejected or would lose products',
            )
            .argument('<files...>', 'NDJSON, JSON or CSV')
            .option('--all', 'a line for images that stay as they are, too'),
        ),
      ),
    ),
  input: FileOptions.extend(TargetOptions.shape)
    .extend(RateOptions.shape)
    .extend({ files: z.array(z.string()), all: z.boolean().default(false) }),
  examples: [
    ['preview titles.csv', 'what send would do: old → new, image by image, then the counts'],
    [
      'preview --max-title-length 50 titles.csv',
      'and which titles are longer than FinerWorks’ own form takes',
    ],
    ['preview --json all-images.ndjson', 'a line for each image that would change, for a program'],
  ],
  run: showPreview,
});
