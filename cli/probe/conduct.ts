import type { Probed } from '../../infra/doctor/probed.ts';
import { UnavailableError, UsageError } from '../errors.ts';
import type { ProbeOptions } from '../options/probe-options.ts';
import { agrees } from '../terminal/agreement.ts';
import { printableJson } from '../terminal/printable.ts';
import { type Progress, startProgress } from '../terminal/progress.ts';
import { type Terminal, write } from '../terminal/terminal.ts';
import { Calls, MAX_CALLS } from './calls.ts';
import { detailOf, NotSeen } from './not-seen.ts';
import { askByReading, askByWriting, notAskedByWriting, type Observations } from './probe.ts';
import { type PutBack, putBack } from './put-back.ts';
import { Subjects } from './subjects.ts';
import type { Target } from './target.ts';

const QUESTION = 'Change these two images for some minutes, and put them back?';

/** The result of a probe. */
export interface Conducted extends Pick<Probed, 'calls' | 'facts' | 'notSeen'> {
  /** Where images were changed. */
  readonly putBack: PutBack | undefined;
}

/**
 * Asks everything that may be asked, and always puts back what was changed.
 *
 * @returns undefined where the question was not answered with yes
 * @throws {UnavailableError} where FinerWorks can't be reached, or does not accept the keys
 * @throws {UsageError} where an image must not be touched
 */
export async function conduct(
  { write: guids, yes, callsPerSecond }: ProbeOptions,
  { keys, settings, place }: Target,
  terminal: Terminal,
): Promise<Conducted | undefined> {
  let bar: Progress | undefined;
  let about = '';
  const onQuestion = (next: string) => {
    about = next;
  };
  const calls = new Calls({
    keys,
    settings,
    perSecond: callsPerSecond,
    // Where nothing is changed nothing is under way, and Ctrl-C ends the process.
    stop: guids === undefined ? new AbortController().signal : terminal.interruption.defer(),
    onCall: () => bar?.advance(1, about),
  });
  const accepted = await askKeys(calls);
  const subjects = guids && new Subjects(guids, calls, place);
  if (subjects !== undefined) await showBefore(subjects, terminal);
  if (subjects !== undefined && !yes && !(await agrees(QUESTION, terminal))) return undefined;
  bar = startProgress(terminal, MAX_CALLS - calls.made, 'Asking FinerWorks');
  const read = await askByReading(calls, place, onQuestion);
  let written = notAskedByWriting('only --write shows it');
  let back: PutBack | undefined;
  if (subjects !== undefined) {
    try {
      written = await askByWriting(subjects, onQuestion);
    } finally {
      onQuestion('putting back what was there');
      back = await putBack(subjects, calls);
    }
  }
  bar.stop(`${calls.made} calls`);
  const { milliseconds, limitHeaders } = calls;
  const median = milliseconds[Math.floor(milliseconds.length / 2)] ?? 0;
  const answers = { median, longest: milliseconds.at(-1) ?? 0 };
  return {
    calls: calls.made,
    facts: { ...accepted.facts, answers, limitHeaders, ...read.facts, ...written.facts },
    notSeen: { ...accepted.notSeen, ...read.notSeen, ...written.notSeen },
    putBack: back,
  };
}

/** @throws {UnavailableError} */
async function askKeys(calls: Calls): Promise<Observations> {
  const path = '/v3/test_my_credentials';
  const verdict = await calls.make({ method: 'GET', path });
  if (verdict.kind === 'applied') return { facts: { keys: 'accepted' }, notSeen: {} };
  const detail = detailOf(verdict);
  if (verdict.kind === 'refused') return { facts: {}, notSeen: { keys: detail } };
  throw new UnavailableError(verdict.reason, `FinerWorks, ${path}: ${detail}`);
}

/**
 * Lists the images before anything is asked, and shows them: if the process is killed, people must put
 * them back so.
 *
 * @throws {UsageError}
 */
async function showBefore(subjects: Subjects, { stderr }: Terminal): Promise<void> {
  try {
    const originals = await subjects.firstLook();
    const lines = [...originals].map(([guid, texts]) => printableJson({ guid, ...texts }));
    write(stderr, `As they are now:\n${lines.join('\n')}\n`);
  } catch (error) {
    if (!(error instanceof NotSeen)) throw error;
    throw new UsageError(`nothing was changed: ${error.message}`);
  }
}
