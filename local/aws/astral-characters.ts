// By its path, because the package does not export it; npm puts direct dependencies there.

import { FORBIDDEN_CHARACTER } from '../../lambda/queue/sqs-text.ts';
import { INVALID_MESSAGE_BODY_CHAR } from '../../node_modules/fauxqs/dist/sqs/sqsTypes.js';

/**
 * Lets the emulator take characters beyond U+FFFF, such as an emoji, as SQS does. fauxqs 2.4.1, the newest
 * there is, checks the halves of their surrogate pairs one by one and refuses both. Its source is corrected
 * (kibertoad/fauxqs, pull request 278): with the first release after 2.4.1 this file can go. If a release
 * moves the expression, the compiler says so.
 */
export function takeAstralCharacters(): void {
  INVALID_MESSAGE_BODY_CHAR.test = (body) => FORBIDDEN_CHARACTER.test(body);
}
