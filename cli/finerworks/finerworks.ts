import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { classify } from '../../lambda/finerworks/classify.ts';
import { type ClientSettings, type Request, request } from '../../lambda/finerworks/request.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { type Keys, parseKeys } from '../../lambda/keys/keys.ts';
import { UnavailableError } from '../errors.ts';

/** Reads what a secret holds, JSON already parsed; undefined where it holds none. */
export async function readSecret(client: SecretsManagerClient, secretId: string): Promise<unknown> {
  const { SecretString = '' } = await client.send(
    new GetSecretValueCommand({ SecretId: secretId }),
  );
  return jsonOrUndefined(SecretString);
}

/**
 * Reads the keys as the function does.
 *
 * @throws {KeysError} where the secret does not hold them
 */
export async function readKeys(client: SecretsManagerClient, secretId: string): Promise<Keys> {
  return parseKeys(await readSecret(client, secretId), secretId);
}

/**
 * Asks FinerWorks something, once.
 *
 * @returns the answer's text, which is JSON with `status.success` true
 * @throws {UnavailableError} with a reason of lambda/verdicts/reasons.ts
 */
export async function ask(
  question: Request,
  keys: Keys,
  settings: ClientSettings,
): Promise<string> {
  const answer = await request(question, keys, settings);
  const verdict = classify(answer);
  if (verdict.kind === 'applied' && answer.kind === 'answer') return answer.text;
  const reason = verdict.kind === 'retry' ? verdict.reason : 'Refused';
  const detail = verdict.kind === 'applied' ? '' : verdict.detail;
  throw new UnavailableError(reason, `FinerWorks, ${question.path}: ${reason}: ${detail}`);
}
