import { ACCOUNT } from './keys-by-account.ts';

/** (AWS: CreateSecret, Name) */
const LONGEST_NAME = 512;
/**
 * Accounts that may stand in a pattern. Events name accounts: one with a slash could lead to secrets
 * below another path.
 */
const ACCOUNT_IN_NAME = /^[\w+=.@-]+$/;

/** Where the key sets of accounts are. */
export type AccountSecrets =
  /** Each in a secret of its own, whose name is made of these two parts and the account between. */
  | { readonly kind: 'pattern'; readonly before: string; readonly after: string }
  /** All in one secret: `{"ACCOUNT": {"web_api_key": "…", "app_key": "…"}}`. */
  | { readonly kind: 'map'; readonly secretId: string };

/** Parses the setting `keysByAccount`. */
export function accountSecretsOf(setting: string): AccountSecrets {
  const [before = '', after] = setting.split(ACCOUNT);
  return after === undefined
    ? { kind: 'map', secretId: setting }
    : { kind: 'pattern', before, after };
}

/**
 * The name of an account's own secret.
 *
 * @returns undefined where no secret can have it, so that the account has none
 */
export function secretNameOf(
  account: string,
  { before, after }: Extract<AccountSecrets, { kind: 'pattern' }>,
): string | undefined {
  const name = `${before}${account}${after}`;
  return ACCOUNT_IN_NAME.test(account) && name.length <= LONGEST_NAME ? name : undefined;
}
