import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { LIVE_ALIAS } from '../../infra/alias-name.ts';

/** Reads the environment of the version that takes events. It names the secret and holds no key. */
export async function functionEnvironment(
  client: LambdaClient,
  functionName: string,
): Promise<Record<string, string>> {
  const command = new GetFunctionConfigurationCommand({
    FunctionName: functionName,
    Qualifier: LIVE_ALIAS,
  });
  const { Environment } = await client.send(command);
  return Environment?.Variables ?? {};
}
