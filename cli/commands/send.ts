import { Command, Option } from 'commander';
import * as z from 'zod';
import { explainingReader } from '../../lambda/contract/explaining-reader.ts';
import { addressingFor, GROUPINGS, GroupNeeded } from '../../producer/message-group.ts';
import { connect } from '../aws/clients.ts';
import { Deployment } from '../aws/deployment.ts';
import { define } from '../definition.ts';
import { tellError, UsageError } from '../errors.ts';
import { eventFile } from '../files/event-file.ts';
import { checkFile } from '../files/file-check.ts';
import { remarksOf } from '../files/remarks.ts';
import { addFileOptions, FileOptions } from '../options/file-options.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { mayClear } from '../sending/clearing.ts';
import { holdFiles } from '../sending/hold-files.ts';
import { type FileSending, sendFile } from '../sending/send-file.ts';
import { plural } from '../terminal/plural.ts';

/** `send FILE…` */
export const SEND = define({
  build: () =>
    addTargetOptions(
      addFileOptions(
        new Command('send')
          .description(
            'check files of events, all of them, then send them; a run that was interrupted goes on where it ended',
          )
          .argument('<files...>', 'NDJSON, JSON or CSV')
          .option(
            '--force',
            'send to FinerWorks even what it is known to have already: a full resync',
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
  input: FileOptions.extend(TargetOptions.shape).extend({
    files: z.array(z.string()),
    force: z.boolean().default(false),
    allowClearing: z.boolean().default(false),
    groupBy: z.enum(GROUPINGS).optional(),
  }),
  examples: [
    ['send events.ndjson', 'keeps events.ndjson.journal; the same line again goes on from there'],
    ['send --stack Staging titles.csv', 'to the queue of another stack'],
    ['send --force all-images.ndjson', 'a full resync'],
    ['send --allow-clearing titles.csv', 'its empty texts are meant: no question'],
  ],
  run: async (input, { terminal, emit }) => {
    const { files, format, force, allowClearing, groupBy, stack, queue, dlq, ...limits } = input;
    if (files.includes('-')) {
      throw new UsageError(
        'send reads a file twice and keeps a journal beside it, so - will not do',
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
    if (!allowClearing && !(await mayClear(found, terminal))) {
      return { exitCode: 1, text: 'Nothing was sent.', json: { sent: 0 } };
    }
    const clients = connect();
    const queueUrl = await new Deployment({ stack, queue, dlq }, terminal, clients).queueUrl();
    const addressingOf = addressing(queueUrl, groupBy);
    const sendings: FileSending[] = [];
    for (const { file, check } of checks) {
      const { sha256, events } = check;
      const surroundings = { client: clients.sqs, terminal, readEvent, addressingOf, stop };
      const sending = await sendFile(file, { sha256, events, queueUrl, force }, surroundings);
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

function outcomeOf(sendings: readonly FileSending[], queueUrl: string) {
  const stopped = sendings.find(({ unreachable }) => unreachable !== undefined)?.unreachable;
  const told = stopped === undefined ? undefined : tellError(stopped);
  const isAll = sendings.every(({ events, sentBefore, sent }) => sentBefore + sent === events);
  const error = told && { cause: told.cause, message: told.message };
  const isRefused = sendings.some(({ failed }) => failed.some(({ refused }) => refused));
  const exitCode = told?.exitCode ?? (isRefused ? 2 : isAll ? 0 : 1);
  return {
    exitCode,
    text: [...sendings.map(render), ...(told === undefined ? [] : [told.message])].join('\n'),
    json: {
      queueUrl,
      files: sendings.map(({ unreachable: _, ...sending }) => sending),
      ...(error && { error }),
    },
  } as const;
}

function render({ file, journal, events, sentBefore, sent, failed }: FileSending): string {
  const before = sentBefore === 0 ? '' : `, ${sentBefore.toLocaleString('en')} of earlier runs`;
  const refused = failed.filter((line) => line.refused).length;
  const left = events - sentBefore - sent - refused;
  const rest =
    left === 0 ? '' : `, ${left.toLocaleString('en')} not sent: the same command again goes on`;
  const never =
    refused === 0
      ? ''
      : `, ${refused.toLocaleString('en')} refused by the queue for good: correct and send them in a file of their own`;
  const lines = failed.map(
    (line) => `${file}:${line.line}: ${line.refused ? 'refused' : 'not sent'}: ${line.why}`,
  );
  const done =
    sentBefore === events ? `\n  all were sent before; to send again remove ${journal}` : '';
  return [...lines, `${file}: ${plural(sent, 'event')} sent${before}${rest}${never}${done}`].join(
    '\n',
  );
}
