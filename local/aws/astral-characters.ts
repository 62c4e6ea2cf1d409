// Past the package's own door, which gives no way to it; it stands where npm puts direct dependencies.

import { FORBIDDEN_CHARACTER } from '../../lambda/queue/sqs-text.ts';
import { INVALID_MESSAGE_BODY_CHAR } from '../../node_modules/fauxqs/dist/sqs/sqsTypes.js';

/**
 * Lets the emulator take characters beyond U+FFFF, an emoji say, as SQS does. fauxqs 2.4.1, the newest
 * there is, looks at the halves of their surrogate pairs one by one and refuses both. Its source does
 * better since (kibertoad/fauxqs, pull request 278): with the first release after 2.4.1 this file can go,
 * and where a release moves the expression, the compiler says so.
 */
export function takeAstralCharacters(): void {
  INVALID_MESSAGE_BODY_CHAR.test = (body) => FORBIDDEN_CHARACTER.test(body);
}
