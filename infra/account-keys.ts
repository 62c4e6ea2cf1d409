import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ACCOUNT, KEYS_BY_ACCOUNT_RULE, KeysByAccount } from '../lambda/keys/keys-by-account.ts';
import { SettingsError } from './settings-error.ts';

/** Where the keys are, unless somebody says otherwise. */
export const DEFAULT_SECRET_NAME = 'finerworks/keys';

/** Where the key sets of single accounts are, for several FinerWorks logins in one stack. */
export class AccountKeys {
  /**
   * A secret for each account.
   *
   * @param pattern the secrets' name, with `{account}` for the account key: `finerworks/keys/{account}`
   * @throws {SettingsError} where the pattern does not begin with a fixed part, or holds no `{account}`
   */
  static fromSecretNames(pattern: string): AccountKeys {
    if (!pattern.includes(ACCOUNT) || !KeysByAccount.safeParse(pattern).success) {
      throw new SettingsError(`keysByAccount: ${KEYS_BY_ACCOUNT_RULE}`);
    }
    return new AccountKeys(pattern, undefined);
  }

  /** One secret with the key sets of all: `{"ACCOUNT": {"web_api_key": "…", "app_key": "…"}}`. */
  static fromSecret(secret: ISecret): AccountKeys {
    return new AccountKeys(secretIdOf(secret), secret);
  }

  /** What the function is told: the pattern, or the secret's name or ARN. */
  readonly setting: string;
  /** The one secret; undefined where each account has its own. */
  readonly secret: ISecret | undefined;

  private constructor(setting: string, secret: ISecret | undefined) {
    this.setting = setting;
    this.secret = secret;
  }
}

/** What the function asks Secrets Manager for: a whole ARN, and where none is known the name. */
export function secretIdOf(secret: ISecret): string {
  return secret.secretFullArn ?? secret.secretName;
}
