import { isJsonObject } from '../contract/json.ts';
import { type Keys, KeysError, parseKeys } from './keys.ts';

/** Key sets by account. Each set is checked when it is needed. */
export type KeyMap = ReadonlyMap<string, unknown>;

/**
 * @param content what the secret holds, JSON already parsed
 * @throws {KeysError} where it is no map of key sets
 */
export function parseKeyMap(content: unknown, secretId: string): KeyMap {
  const rule = `The secret ${secretId} must hold {"ACCOUNT": {"web_api_key": "…", "app_key": "…"}}`;
  if (!isJsonObject(content)) throw new KeysError(`${rule}: it is no JSON object`);
  // A single set, taken for a map without accounts, would send everything with the default set.
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
