import { Command, Option } from 'commander';
import * as z from 'zod';
import { GROUPINGS } from '../../producer/message-group.ts';
import { define } from '../definition.ts';
import { addRateOption, RateOptions } from '../options/calls-per-second.ts';
import { addFileOptions, FileOptions } from '../options/file-options.ts';
import { addChangeOptions, ChangeOptions } from '../options/target-options.ts';
import { showPreview } from '../preview/show-preview.ts';
import { sendFiles } from '../sending/send-files.ts';

/** `send FILE…` */
export const SEND = define({
  build: () =>
    addRateOption(
      addChangeOptions(
        addFileOptions(
          new Command('send')
            .description(
              'check files of events, all of them, then send them; a run that was interrupted goes on where it ended',
            )
            .argument('<files...>', 'NDJSON, JSON or CSV')
            .option(
              '--preview',
              'send nothing; show what would change at FinerWorks, as preview does',
            )
            .addOption(
              new Option(
                '--changed-only',
                'leave out images that are at FinerWorks as the files want them; those that it does not list are sent',
              ).conflicts(['force', 'preview']),
            )
            .option(
              '--force',
              'send to FinerWorks even what it is known to have already: a full resync',
            )
            .addOption(
              new Option(
                '--restart',
                'send all of it again, whatever was sent before to this queue; says what that is, and asks',
              ).conflicts('preview'),
            )
            .option(
              '--allow-clearing',
              'send empty texts, which clear titles and descriptions, without asking',
            )
            .addOption(
              new Option(
                '--group-by <what>',
                'what messages of one group have in common (default: account; image on a FIFO queue)',
              ).choices(GROUPINGS),
            ),
        ),
      ),
    ),
  input: FileOptions.extend(ChangeOptions.shape)
    .extend(RateOptions.shape)
    .extend({
      files: z.array(z.string()),
      preview: z.boolean().default(false),
      changedOnly: z.boolean().default(false),
      force: z.boolean().default(false),
      restart: z.boolean().default(false),
      allowClearing: z.boolean().default(false),
      groupBy: z.enum(GROUPINGS).optional(),
    }),
  examples: [
    ['send events.ndjson', 'keeps a journal beside it; the same line again goes on from there'],
    ['send --stack Staging titles.csv', 'to the queue of another stack'],
    ['send --preview titles.csv', 'what it would change, before it is sent'],
    ['send --changed-only all-images.ndjson', 'what differs from FinerWorks, and nothing else'],
    ['send --force all-images.ndjson', 'a full resync'],
    ['send --restart events.ndjson', 'from the beginning, after a trial of the same file'],
    ['send --allow-clearing titles.csv', 'its empty texts are meant: no question'],
  ],
  run: async ({ preview, ...input }, dependencies) => {
    return preview
      ? showPreview({ ...input, all: false }, dependencies)
      : sendFiles(input, dependencies);
  },
});
