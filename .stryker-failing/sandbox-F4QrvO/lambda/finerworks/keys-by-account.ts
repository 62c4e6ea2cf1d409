// @ts-nocheck
import * as z from 'zod/mini';
import { isJsonObject } from '../contract/json.ts';
import { type Keys, KeysError, parseKeys } from './keys.ts';

/** Stands for the account in the pattern of a secret's name. */
const ACCOUNT = '{account}';
/** What the name of a secret may hold (AWS: CreateSecret, Name). */
const NAME = /^[\w/+=.@-]+$/;
/** (AWS: CreateSecret, Name) */
const LONGEST_NAME = 512;
/**
 * Accounts that a pattern takes: events name them, so that one with a slash could lead from the
 * secrets of accounts to those below another path.
 */
const ACCOUNT_IN_NAME = /^[\w+=.@-]+$/;

/** Where the key sets of accounts are. */
export type AccountSecrets =
  /** Each in a secret of its own, whose name is made of these two parts and the account between. */
  | { readonly kind: 'pattern'; readonly before: string; readonly after: string }
  /** All in one secret: `{"ACCOUNT": {"web_api_key": "…", "app_key": "…"}}`. */
  | { readonly kind: 'map'; readonly secretId: string };

/** The setting `keysByAccount`: a name with `{account}` in it, or the name or ARN of one secret. */
export const KeysByAccount = z
  .string()
  .check(
    z.refine(
      isPatternOrId,
      'is neither the name or full ARN of one secret, nor a name that begins with a fixed part and holds {account} once, finerworks/keys/{account}',
    ),
  );

/** Takes a setting apart that {@link KeysByAccount} takes. */
export function accountSecretsOf(setting: string): AccountSecrets {
  const [before = '', after] = setting.split(ACCOUNT);
  return after === undefined
    ? { kind: 'map', secretId: setting }
    : { kind: 'pattern', before, after };
}

/**
 * The name of an account's own secret.
 *
 * @returns undefined where no secret can bear it, so that the account has none
 */
export function secretNameOf(
  account: string,
  { before, after }: Extract<AccountSecrets, { kind: 'pattern' }>,
): string | undefined {
  const name = `${before}${account}${after}`;
  return ACCOUNT_IN_NAME.test(account) && name.length <= LONGEST_NAME ? name : undefined;
}

/** What a map of key sets holds, by account. Each set is looked at when it is asked for. */
export type KeyMap = ReadonlyMap<string, unknown>;

/**
 * @param content what the secret holds, JSON already parsed
 * @throws {KeysError} where it is no map of key sets
 */
export function parseKeyMap(content: unknown, secretId: string): KeyMap {
  const rule = `The secret ${secretId} must hold {"ACCOUNT": {"web_api_key": "…", "app_key": "…"}}`;
  if (!isJsonObject(content)) throw new KeysError(`${rule}: it is no JSON object`);
  // To take one set for a map without accounts would send everything with the default set.
  if (typeof content.web_api_key === 'string') {
    throw new KeysError(`${rule}: it holds a single set of keys`);
  }
  return new Map(Object.entries(content));
}

/**
 * @returns undefined where the account has no set of its own
 * @throws {KeysError} naming every field of the set that is missing or wrong
 */
export function keysIn(map: KeyMap, account: string, secretId: string): Keys | undefined {
  return map.has(account)
    ? parseKeys(map.get(account), `${secretId}, under ${JSON.stringify(account)},`)
    : undefined;
}

function isPatternOrId(text: string): boolean {
  const [before = '', after, ...others] = text.split(ACCOUNT);
  if (after === undefined)
    return NAME.test(text.replace(/^arn:[\w-]+:secretsmanager:[\w-]+:\d+:secret:/, ''));
  return others.length === 0 && NAME.test(before) && (after === '' || NAME.test(after));
}
