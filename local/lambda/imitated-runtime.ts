import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type FunctionProcess, type SandboxSettings, spawnNode } from './function-process.ts';
import { Result } from './invocation.ts';

const RUNTIME = fileURLToPath(new URL('sandbox-runtime.ts', import.meta.url));

/**
 * Loads the function in an imitation of Lambda's runtime: AWS's own must be compiled first.
 *
 * @returns undefined where the function can't be loaded
 */
export async function startImitatedRuntime(
  settings: SandboxSettings,
): Promise<FunctionProcess | undefined> {
  const child = spawnNode([RUNTIME, settings.bundle], settings, 'ipc');
  const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (first !== 'ready') return undefined;
  return {
    child,
    invoke: async (invocation) => {
      child.send(invocation);
      const [message] = await once(child, 'message');
      return Result.parse(message);
    },
  };
}
