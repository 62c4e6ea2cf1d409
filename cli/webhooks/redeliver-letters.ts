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
 * is deleted. What fails again stays where it is. So does all of a door that can't be invoked.
 */
export async function redeliverLetters(
  reader: Pick<DeadLetterReader, 'letters' | 'delete'>,
  { lambda, doorFunctionName, isMeant, limit = Number.POSITIVE_INFINITY }: RedeliveryDependencies,
): Promise<Redriving> {
  const redriven: Redriven[] = [];
  const skipped: Left[] = [];
  const doubled: Left[] = [];
  /** What was thrown for each door that can't be invoked. */
  const unreachable = new Map<SourceName, unknown>();
  const result = () => {
    const [first] = unreachable.values();
    return {
      redriven,
      skipped,
      failed: [],
      doubled,
      ...(first !== undefined && { unreachable: first }),
    };
  };

  /** @returns why it stays; undefined where it was taken */
  const redeliver = async (letter: Letter, source: SourceName): Promise<string | undefined> => {
    const functionName = await doorFunctionName(source);
    if (functionName === undefined) return `there is no door for ${source} any more`;
    const { fault } = await invokeDoor(lambda, functionName, letter);
    return fault && `${fault.reason}: ${fault.detail}`;
  };

  for await (const letters of reader.letters({ parallel: 1 })) {
    for (const deadLetter of letters.filter(isMeant)) {
      if (redriven.length >= limit) return result();
      const { messageId, body } = deadLetter;
      const { data: letter } = Letter.safeParse(jsonOrUndefined(body));
      const source = SOURCE_NAMES.find((name) => name === letter?.source);
      if (letter === undefined || source === undefined) {
        skipped.push({ messageId, why: 'it is no letter of a door' });
        continue;
      }
      if (unreachable.has(source)) continue;
      try {
        const why = await redeliver(letter, source);
        if (why !== undefined) {
          skipped.push({ messageId, why });
          continue;
        }
      } catch (thrown) {
        unreachable.set(source, thrown);
        continue;
      }
      redriven.push({ messageId, originMessageId: messageId, count: 1, body });
      const undeleted = (await reader.delete([deadLetter])).get(messageId);
      if (undeleted !== undefined) doubled.push({ messageId, why: undeleted });
    }
  }
  return result();
}
