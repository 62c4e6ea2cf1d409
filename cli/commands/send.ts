import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import { addressingFor, GROUPINGS, GroupNeeded } from '../../producer/message-group.ts';
import { mayChange, openTarget } from '../aws/target.ts';
import { define, type Outcome } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { eventFile } from '../files/event-file.ts';
import { checkFile } from '../files/file-check.ts';
import { remarksOf } from '../files/remarks.ts';
import { addRateOption, RateOptions } from '../options/calls-per-second.ts';
import { addFileOptions, FileOptions } from '../options/file-options.ts';
import { addChangeOptions, ChangeOptions } from '../options/target-options.ts';
import { showPreview } from '../preview/show-preview.ts';
import { unchangedIn } from '../sending/changed-only.ts';
import { mayClear } from '../sending/clearing.ts';
import { holdFiles } from '../sending/hold-files.ts';
import { outcomeOf } from '../sending/render-sending.ts';
import { restart } from '../sending/restart.ts';
import { type FileSending, sendFile } from '../sending/send-file.ts';
import { plural } from '../terminal/plural.ts';

const NOTHING_SENT: Outcome = { exitCode: 1, text: 'Nothing was sent.', json: { sent: 0 } };

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
  run: async (input, { terminal, emit }) => {
    const { preview, changedOnly, allowClearing, groupBy, ...shown } = input;
    if (preview) return showPreview({ ...shown, all: false }, { terminal, emit });
    const { files, format, force, callsPerSecond, ...limits } = shown;
    if (files.includes('-')) {
      throw new UsageError(
        'send reads a file twice and keeps a journal beside it, so - is not possible',
      );
    }
    const stop = terminal.interruption.defer();
    const readEvent = explainingReader(limits);
    const eventFiles = [...new Map(files.map((name) => [name, eventFile(name, format)])).values()];
    await using _held = await holdFiles(files);
    const checks = [];
    for (const file of eventFiles) {
      const check = await checkFile(file, readEvent, terminal, (fault) => {
        const { line, reason, detail } = fault;
        emit(`${file.name}:${line}: ${reason}: ${detail}`, { file: file.name, ...fault });
      });
      for (const remark of remarksOf(check)) {
        emit(`${file.name}: ${remark}`, { file: file.name, remark });
      }
      checks.push({ file, check });
    }
    const faults = checks.reduce((sum, { check }) => sum + check.faults, 0);
    if (faults > 0) {
      return {
        exitCode: 1,
        text: `${plural(faults, 'fault')}; nothing was sent`,
        json: { faults, sent: 0 },
      };
    }
    const found = checks.map(({ check }) => check);
    const eventCount = found.reduce((sum, { events }) => sum + events, 0);
    if (!allowClearing && !(await mayClear(found, terminal))) {
      return NOTHING_SENT;
    }
    const target = await openTarget(shown, terminal);
    const { clients, deployment } = target;
    await mayChange(target, `Send ${plural(eventCount, 'event')}?`, shown, terminal);
    const queueUrl = await deployment.queueUrl();
    const addressingOf = addressing(queueUrl, groupBy);
    const startedAt = Date.now();
    const tasks = checks.map(({ file, check: { sha256, events } }, nth) => ({
      file,
      task: { sha256, events, queueUrl, force },
      // The events of a later file are newer.
      begin: { run: randomUUID(), startedAt: startedAt + nth },
    }));
    if (input.restart) await restart(tasks, shown, terminal);
    const rate = { callsPerSecond };
    const asking = { deployment, clients, readEvent, rate, stop, terminal, emit };
    const unchanged = changedOnly ? await unchangedIn(tasks, asking) : new Set<string>();
    if (unchanged === undefined) return NOTHING_SENT;
    const sendings: FileSending[] = [];
    for (const task of tasks) {
      const dependencies = { client: clients.sqs, terminal, readEvent, addressingOf, stop };
      const sending = await sendFile(task, { ...dependencies, unchanged });
      sendings.push(sending);
      if (sending.unreachable !== undefined || stop.aborted) break;
    }
    return outcomeOf(sendings, queueUrl);
  },
});

function addressing(...[queueUrl, groupBy]: Parameters<typeof addressingFor>) {
  try {
    return addressingFor(queueUrl, groupBy);
  } catch (error) {
    if (error instanceof GroupNeeded) throw new UsageError(`--group-by: ${error.message}`);
    throw error;
  }
}
