import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** Reads the environment of a deployed function. It names the secret and holds no key. */
export async function functionEnvironment(
  client: LambdaClient,
  functionName: string,
): Promise<Record<string, string>> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
  const { Environment } = await client.send(command);
  return Environment?.Variables ?? {};
}
