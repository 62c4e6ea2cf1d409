import * as z from 'zod/mini';

/** Stands for the account in the pattern of a secret's name. */
export const ACCOUNT = '{account}';
/** What the name of a secret may hold (AWS: CreateSecret, Name). */
const NAME = /^[\w/+=.@-]+$/;

/** The rule that {@link KeysByAccount} holds a setting to. */
export const KEYS_BY_ACCOUNT_RULE =
  'is neither the name or full ARN of one secret, nor a name that begins with a fixed part and holds {account} once, finerworks/keys/{account}';

/** The setting `keysByAccount`: a name with `{account}` in it, or the name or ARN of one secret. */
export const KeysByAccount = z.string().check(z.refine(isPatternOrId, KEYS_BY_ACCOUNT_RULE));

function isPatternOrId(text: string): boolean {
  const [before = '', after, ...others] = text.split(ACCOUNT);
  if (after === undefined)
    return NAME.test(text.replace(/^arn:[\w-]+:secretsmanager:[\w-]+:\d+:secret:/, ''));
  return others.length === 0 && NAME.test(before) && (after === '' || NAME.test(after));
}
