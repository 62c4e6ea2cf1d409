import type { LambdaClient } from '@aws-sdk/client-lambda';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { Letter } from '../../webhooks/letter-body.ts';
import { SOURCE_NAMES, type SourceName } from '../../webhooks/sources/source-names.ts';
import type { DeadLetter } from '../dead-letters/dead-letter.ts';
import type { DeadLetterReader } from '../dead-letters/reader.ts';
import type { Left, Redriven, Redriving } from '../dead-letters/redrive.ts';
import { invokeDoor } from './invoke-door.ts';

interface RedeliveryDependencies {
  readonly lambda: LambdaClient;
  /** The function of a source's door; undefined where there is none. */
  readonly doorFunctionName: (source: SourceName) => Promise<string | undefined>;
  /** Whether a letter is meant. */
  readonly isMeant: (letter: DeadLetter) => boolean;
  readonly limit: number | undefined;
}

/**
 * Hands letters to their doors once more, one after another: a door that maps one now publishes it, and the letter
 * is deleted. What fails again stays where it is.
 */
export async function redeliverLetters(
  reader: Pick<DeadLetterReader, 'letters' | 'delete'>,
  { lambda, doorFunctionName, isMeant, limit = Number.POSITIVE_INFINITY }: RedeliveryDependencies,
): Promise<Redriving> {
  const redriven: Redriven[] = [];
  const skipped: Left[] = [];
  const doubled: Left[] = [];

  /** @returns why it stays; undefined where it was taken */
  const redeliver = async ({ body }: DeadLetter): Promise<string | undefined> => {
    const { data: letter } = Letter.safeParse(jsonOrUndefined(body));
    const source = SOURCE_NAMES.find((name) => name === letter?.source);
    if (letter === undefined || source === undefined) return 'it is no letter of a door';
    const functionName = await doorFunctionName(source);
    if (functionName === undefined) return `there is no door for ${source} any more`;
    const { fault } = await invokeDoor(lambda, functionName, letter);
    return fault && `${fault.reason}: ${fault.detail}`;
  };

  for await (const letters of reader.letters({ parallel: 1 })) {
    for (const letter of letters.filter(isMeant)) {
      if (redriven.length >= limit) return { redriven, skipped, failed: [], doubled };
      const { messageId } = letter;
      let why: string | undefined;
      try {
        why = await redeliver(letter);
      } catch (unreachable) {
        return { redriven, skipped, failed: [], doubled, unreachable };
      }
      if (why !== undefined) skipped.push({ messageId, why });
      else {
        redriven.push({ messageId, originMessageId: messageId, count: 1, body: letter.body });
        const undeleted = (await reader.delete([letter])).get(messageId);
        if (undeleted !== undefined) doubled.push({ messageId, why: undeleted });
      }
    }
  }
  return { redriven, skipped, failed: [], doubled };
}
