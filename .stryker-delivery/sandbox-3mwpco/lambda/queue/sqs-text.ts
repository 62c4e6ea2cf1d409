/** SQS refuses U+FFFE and U+FFFF, which JSON need not escape (AWS: SendMessage, MessageBody). */
// @ts-nocheck

export function toSqsText(json: string): string {
  return json.replace(
    /[\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}
