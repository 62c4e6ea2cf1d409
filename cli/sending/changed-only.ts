import { existsSync } from 'node:fs';
import type { ReadEvent } from '../../lambda/contract/image-event.ts';
import type { Clients } from '../aws/clients.ts';
import type { Deployment } from '../aws/deployment.ts';
import { depthOf, queueAttributes } from '../aws/queue-attributes.ts';
import type { Dependencies } from '../definition.ts';
import { imageLists } from '../finerworks/asking.ts';
import type { RateOptions } from '../options/calls-per-second.ts';
import type { Source } from '../preview/event-changes.ts';
import { unchangedImages } from '../preview/unchanged-images.ts';
import { plural } from '../terminal/plural.ts';
import { Journal, journalOf } from './journal.ts';
import type { FileTask } from './send-file.ts';

interface ChangedOnlyDependencies extends Dependencies {
  readonly deployment: Deployment;
  readonly clients: Clients;
  readonly readEvent: ReadEvent;
  readonly rate: RateOptions;
  readonly stop: AbortSignal;
}

/**
 * Finds what need not be sent, for all files together: a later file may be newer than an earlier one.
 *
 * @returns guids of images; undefined where it was stopped
 * @throws {UsageError} where a journal is another's, or nobody knows the deployment's keys
 * @throws {UnavailableError} where FinerWorks can't be asked
 */
export async function unchangedIn(
  tasks: readonly FileTask[],
  { deployment, clients, readEvent, rate, stop, terminal, emit }: ChangedOnlyDependencies,
): Promise<ReadonlySet<string> | undefined> {
  const settings = await deployment.functionSettings();
  const waiting = depthOf(await queueAttributes(clients.sqs, await deployment.queueUrl()));
  if (waiting > 0) {
    const remark = `${plural(waiting, 'message')} in the queue: FinerWorks does not show yet what they change, so images that they concern may be left out wrongly`;
    emit(`warning: ${remark}`, { remark, waiting });
  }
  const lists = await imageLists(clients, settings, { rate, stop });
  const sources: Source[] = [];
  for (const task of tasks) sources.push(await sourceOf(task));
  const reading = { sources, readEvent, terminal, settings, sentAt: Date.now(), isForced: false };
  return unchangedImages({ ...reading, lists, stop });
}

/** A run that goes on has the time of its beginning, and events that are sent already. */
async function sourceOf({ file, task, begin }: FileTask): Promise<Source> {
  const path = journalOf(file.name, task.queueUrl);
  // Nothing is begun before it is known that anything can be sent.
  if (!existsSync(path)) return { file, run: begin, isSent: () => false };
  const journal = await Journal.open(path, task, begin);
  await journal.close();
  return { file, run: journal.header, isSent: (position) => journal.isSent(position) };
}
