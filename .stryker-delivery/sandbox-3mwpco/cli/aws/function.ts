// @ts-nocheck
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** Reads the environment that a function is deployed with. It names the secret; it holds no key. */
export async function functionEnvironment(
  client: LambdaClient,
  functionName: string,
): Promise<Record<string, string>> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
  const { Environment } = await client.send(command);
  return Environment?.Variables ?? {};
}
