import { readFile, rm } from 'node:fs/promises';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { errorCode } from '../error-code.ts';
import { DeclinedError } from '../errors.ts';
import { agrees } from '../terminal/agreement.ts';
import { momentOf } from '../terminal/moment.ts';
import { plural } from '../terminal/plural.ts';
import { isTerminal, type Terminal, write } from '../terminal/terminal.ts';
import { Confirmed, Header, journalOf } from './journal.ts';
import type { FileTask } from './send-file.ts';

/**
 * Gives up what journals know, so that their files are sent from the beginning. Says what that is, and asks
 * where there is a terminal.
 *
 * @throws {DeclinedError} where the answer is no
 */
export async function restart(
  tasks: readonly FileTask[],
  { yes }: { readonly yes: boolean },
  terminal: Terminal,
): Promise<void> {
  const paths: string[] = [];
  for (const { file, task } of tasks) {
    const path = journalOf(file.name, task.queueUrl);
    const text = await textOf(path);
    if (text === undefined) continue;
    paths.push(path);
    write(terminal.stderr, `${file.name}: ${givenUp(text)}\n`);
  }
  if (paths.length === 0) return;
  const isAsked = !yes && isTerminal(terminal.stdin);
  if (isAsked && !(await agrees('Send all of it again?', terminal))) {
    throw new DeclinedError('nothing was sent');
  }
  for (const path of paths) await rm(path);
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function givenUp(text: string): string {
  const [first = '', ...lines] = text.split('\n');
  const header = Header.safeParse(jsonOrUndefined(first)).data;
  if (header === undefined) return 'its journal says nothing';
  const sent = lines
    .flatMap((line) => Confirmed.safeParse(jsonOrUndefined(line)).data?.sent ?? [])
    .reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const of = plural(header.events, 'event');
  return `${sent.toLocaleString('en')} of ${of} were sent since ${momentOf(header.startedAt)}, which is forgotten now`;
}
