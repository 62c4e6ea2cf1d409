/**
 * A character that no message may hold: all but #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD and
 * #x10000 to #x10FFFF (AWS: SendMessage, MessageBody).
 */
export const FORBIDDEN_CHARACTER = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** SQS refuses U+FFFE and U+FFFF, which JSON need not escape (AWS: SendMessage, MessageBody). */
export function toSqsText(json: string): string {
  return json.replace(
    /[\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}
