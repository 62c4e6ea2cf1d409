import { MAX_BATCH_BYTES } from '../../lambda/queue/batch-requests.ts';
import { FORBIDDEN_CHARACTER } from '../../lambda/queue/sqs-text.ts';

/**
 * Why SQS takes no message with this body, from whomever and however good its event.
 *
 * @returns undefined where it does
 */
export function refusalBySqs(body: string): string | undefined {
  const character = FORBIDDEN_CHARACTER.exec(body)?.[0].codePointAt(0);
  if (character !== undefined) {
    const name = `U+${character.toString(16).toUpperCase().padStart(4, '0')}`;
    return `SQS takes no message with ${name} in it; JSON can write it as an escape`;
  }
  return Buffer.byteLength(body) > MAX_BATCH_BYTES
    ? 'larger than the 1 MiB that SQS takes'
    : undefined;
}
