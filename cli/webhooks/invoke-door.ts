import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { type Letter, Redelivered } from '../../webhooks/letter-body.ts';
import { UnavailableError } from '../errors.ts';

/**
 * Hands a letter to a door, which maps it once more.
 *
 * @throws {UnavailableError} where the door fails, or something behind it does not answer
 */
export async function invokeDoor(
  lambda: LambdaClient,
  functionName: string,
  letter: Letter,
): Promise<Redelivered> {
  const command = new InvokeCommand({
    FunctionName: functionName,
    Payload: JSON.stringify({ redeliver: letter }),
  });
  const { Payload, FunctionError } = await lambda.send(command);
  const answer = jsonOrUndefined(Payload?.transformToString() ?? '');
  const { success, data } = Redelivered.safeParse(answer);
  if (success && FunctionError === undefined) return data;
  throw new UnavailableError(
    'Unavailable',
    `the door ${functionName} could not take the letter: see its log`,
  );
}
