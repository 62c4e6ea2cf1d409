import type { Outcome } from '../definition.ts';
import { plural } from '../terminal/plural.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterReader } from './reader.ts';
import type { Left, Plan } from './redrive.ts';
import { renderCoverage } from './summary.ts';

/** What a redrive would do: `--dry-run`. */
export async function dryRun(
  opened: DeadLetterReader,
  planFor: (letter: DeadLetter) => Plan | undefined,
): Promise<Outcome> {
  await using reader = opened;
  const messageIds: string[] = [];
  const skipped: Left[] = [];
  for await (const letters of reader.letters()) {
    for (const letter of letters) {
      const plan = planFor(letter);
      if (plan === undefined) continue;
      const { messageId } = letter;
      if ('skipped' in plan) skipped.push({ messageId, why: plan.skipped });
      else messageIds.push(messageId);
    }
  }
  const { coverage } = reader;
  return {
    exitCode: 0,
    text: [
      ...messageIds.map((messageId) => `${messageId}  would be redriven`),
      ...skipped.map(({ messageId, why }) => `${messageId}  would be left: ${why}`),
      `${plural(messageIds.length, 'dead letter')} would be redriven, and nothing was sent. ${renderCoverage(coverage)}`,
    ].join('\n'),
    json: { dryRun: true, redriven: messageIds, skipped, ...coverage },
  };
}
