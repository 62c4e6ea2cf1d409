/** What a setting that names a secret must be. */
export const SECRET_NAME_RULE = 'is neither a name nor a full ARN with its six random characters';

/** Whether a text names a secret: by its name, or by its whole ARN. */
export function isNameOrFullArn(text: string): boolean {
  if (!text.startsWith('arn:')) return /^[\w/+=.@-]+$/.test(text);
  return /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/.test(text);
}
