import type { Command } from 'commander';
import * as z from 'zod';
import { Guid } from '../../lambda/contract/image.ts';
import { REJECTIONS, RETRIES } from '../../lambda/verdicts/reasons.ts';
import { sinceOf } from '../options/since.ts';
import { type DeadLetter, NO_REASON, timeOfDeath } from './dead-letter.ts';

/** What `--reason` may name without a question: reasons of letters, and of the retries before. */
const KNOWN_REASONS: ReadonlySet<string> = new Set([...REJECTIONS, ...RETRIES, NO_REASON]);

const Texts = z.array(z.string().min(1, 'empty'));

/** Which dead letters a command is about; all of them by default. */
export const DeadLetterFilter = z.object({
  reason: Texts.optional(),
  guid: z.array(Guid).optional(),
  /** Milliseconds since 1970. */
  since: z.number().optional(),
  source: Texts.optional(),
  account: Texts.optional(),
  /** A part of the detail, in any case. */
  detail: z.string().min(1, 'empty').optional(),
});
export type DeadLetterFilter = z.output<typeof DeadLetterFilter>;

/**
 * Adds the options of a filter. Several values stand with commas, or the option stands more than once: an
 * option that took all following words would take a file or an id too.
 */
export function addFilterOptions(command: Command): Command {
  return command
    .option(
      '--reason <reasons>',
      `only these, with commas: reasons of dead letters, the last reason of those that were retried, or ${NO_REASON} where nothing says why`,
      listed,
    )
    .option('--guid <guids>', 'only about these images, with commas', listed)
    .option('--since <time>', 'only since: 30m, 12h, 7d, or an RFC 3339 time', sinceOf)
    .option('--source <source>', 'only of this source; may stand more than once', collected)
    .option('--account <key>', 'only of this account_key; may stand more than once', collected)
    .option('--detail <text>', 'only whose detail has this text, in any case');
}

/** Whether a dead letter is one of those. */
export function matches(letter: DeadLetter, filter: DeadLetterFilter): boolean {
  const { reason, guid, since, source, account, detail } = filter;
  return (
    (reason === undefined || reasonsOf(letter).some((one) => reason.includes(one))) &&
    (guid === undefined || guid.some((wanted) => letter.guids.includes(wanted))) &&
    (since === undefined || timeOfDeath(letter) >= since) &&
    (source === undefined || source.includes(letter.source ?? '')) &&
    (account === undefined || account.includes(letter.account ?? '')) &&
    (detail === undefined || detailOf(letter).toLowerCase().includes(detail.toLowerCase()))
  );
}

/** Whether a filter says anything. */
export function isFiltered(filter: DeadLetterFilter): boolean {
  return Object.keys(DeadLetterFilter.shape).some((key) => Reflect.get(filter, key) !== undefined);
}

/** Reasons by which a letter is found: its own, and the last one where it was retried until the end. */
export function reasonsOf({ reason, failure }: DeadLetter): string[] {
  const { lastReason } = failure ?? {};
  return lastReason === undefined ? [reason] : [reason, lastReason];
}

/** Why a letter is dead, in words. */
export function detailOf({ failure, whyNoReason }: DeadLetter): string {
  return failure?.detail ?? whyNoReason ?? '';
}

/**
 * Names of reasons that neither this version knows nor any letter has: slips of the pen, which must not look
 * like an empty queue. A name that a newer function has written is known by its letters.
 */
export function unknownReasons(
  { reason = [] }: DeadLetterFilter,
  seen: ReadonlySet<string> = new Set(),
): string[] {
  return reason.filter((one) => !KNOWN_REASONS.has(one) && !seen.has(one));
}

function listed(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(',').map((one) => one.trim())];
}

function collected(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}
