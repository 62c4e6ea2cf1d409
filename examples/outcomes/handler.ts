import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { Outcome, postOutcome } from './post.ts';

const Environment = z.object({ WEBHOOK_URL: z.url(), SECRET_ID: z.string() });
/** As the rule delivers it. */
const BusEvent = z.object({ detail: Outcome });

const { WEBHOOK_URL, SECRET_ID: SecretId } = Environment.parse(process.env);
const secrets = new SecretsManagerClient();

/** The rule's target: what does not arrive at the shop fails, and is tried again. */
export async function handler(event: unknown): Promise<void> {
  const { detail } = BusEvent.parse(event);
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  await postOutcome(WEBHOOK_URL, SecretString.trim(), detail);
}
