import { once } from 'node:events';
import { basename, dirname, extname } from 'node:path';
import { type FunctionProcess, type SandboxSettings, spawnNode } from './function-process.ts';
import { startRuntimeApi } from './runtime-api.ts';

/**
 * Loads the function in AWS's own runtime interface client, as Lambda does.
 *
 * @param runtimeClient its file `index.mjs`
 * @returns undefined where the function can't be loaded
 */
export async function startAwsRuntime(
  runtimeClient: string,
  { bundle, environment, onLine }: SandboxSettings,
): Promise<FunctionProcess | undefined> {
  const api = await startRuntimeApi();
  const handler = `${basename(bundle, extname(bundle))}.handler`;
  const child = spawnNode([runtimeClient, handler], {
    environment: {
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'local',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: 'local',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      ...environment,
      AWS_LAMBDA_RUNTIME_API: api.address,
      LAMBDA_TASK_ROOT: dirname(bundle),
      _HANDLER: handler,
    },
    onLine,
  });
  const exited = once(child, 'exit').then(() => api.close());
  const isReady = await Promise.race([
    api.ready().then(() => true),
    exited.then(() => false),
  ]).catch((error: unknown) => onLine(String(error)));
  return isReady === true ? { child, invoke: api.invoke } : undefined;
}
