import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import { addressingFor, type Grouping, GroupNeeded } from '../../producer/message-group.ts';
import { mayChange, openTarget } from '../aws/target.ts';
import type { Dependencies, Outcome } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { eventFile } from '../files/event-file.ts';
import { checkFile } from '../files/file-check.ts';
import { remarksOf } from '../files/remarks.ts';
import type { RateOptions } from '../options/calls-per-second.ts';
import type { FileOptions } from '../options/file-options.ts';
import type { ChangeOptions } from '../options/target-options.ts';
import { plural } from '../terminal/plural.ts';
import { unchangedIn } from './changed-only.ts';
import { mayClear } from './clearing.ts';
import { holdFiles } from './hold-files.ts';
import { outcomeOf } from './render-sending.ts';
import { restart } from './restart.ts';
import { type FileSending, sendFile } from './send-file.ts';

const NOTHING_SENT: Outcome = { exitCode: 1, text: 'Nothing was sent.', json: { sent: 0 } };

/** What is to be sent, and how. */
export interface SendInput extends ChangeOptions, RateOptions, z.output<typeof FileOptions> {
  readonly files: readonly string[];
  /** Only what differs from FinerWorks. */
  readonly changedOnly: boolean;
  /** Even what FinerWorks is known to have already. */
  readonly force: boolean;
  /** Whatever journals say was sent before. */
  readonly restart: boolean;
  /** Whether empty texts may clear titles and descriptions without a question. */
  readonly allowClearing: boolean;
  readonly groupBy?: Grouping | undefined;
}

/**
 * Checks files of events, all of them, then sends them.
 *
 * @throws {UsageError} where a file or the deployment can't be read
 */
export async function sendFiles(
  input: SendInput,
  { terminal, emit }: Dependencies,
): Promise<Outcome> {
  const { files, format, force, callsPerSecond, stack, queue, dlq, ...rest } = input;
  const { changedOnly, allowClearing, groupBy, ...limits } = rest;
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
  if (!allowClearing && !(await mayClear(found, terminal))) {
    return NOTHING_SENT;
  }
  const target = await openTarget(input, terminal);
  const { clients, deployment } = target;
  const eventCount = found.reduce((sum, { events }) => sum + events, 0);
  await mayChange(target, `Send ${plural(eventCount, 'event')}?`, input, terminal);
  const queueUrl = await deployment.queueUrl();
  const addressingOf = addressing(queueUrl, groupBy);
  const startedAt = Date.now();
  const tasks = checks.map(({ file, check: { sha256, events } }, nth) => ({
    file,
    task: { sha256, events, queueUrl, force },
    // The events of a later file are newer.
    begin: { run: randomUUID(), startedAt: startedAt + nth },
  }));
  if (input.restart) await restart(tasks, input, terminal);
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
}

function addressing(...[queueUrl, groupBy]: Parameters<typeof addressingFor>) {
  try {
    return addressingFor(queueUrl, groupBy);
  } catch (error) {
    if (error instanceof GroupNeeded) throw new UsageError(`--group-by: ${error.message}`);
    throw error;
  }
}
