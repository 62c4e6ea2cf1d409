// @ts-nocheck
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';

const RUNTIME = fileURLToPath(new URL('../../local/lambda/sandbox-runtime.ts', import.meta.url));
const MEBIBYTE = 1_024;
const Result = z.object({ answer: z.string() });
const BatchResponse = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })),
});

/**
 * Runs a bundle for one invocation in a process of its own, as the local system does, with so much
 * memory: a tenth of it is not for V8's heap, and what the process has at its most is all counted.
 *
 * @throws where the process dies, which it also does by our hand as soon as it has more
 */
export async function invokeWithin(
  megabytes: number,
  { bundle, environment, event }: { bundle: string; environment: object; event: SQSEvent },
): Promise<SQSBatchResponse> {
  const heap = `--max-old-space-size=${Math.floor(megabytes * 0.9)}`;
  const child = spawn(process.execPath, [heap, RUNTIME, bundle], {
    env: { ...environment, AWS_LAMBDA_FUNCTION_NAME: 'limited' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, mostOf(child.pid));
    if (peak > megabytes) child.kill('SIGKILL');
  };
  const timer = setInterval(look, 5);
  const exited = once(child, 'exit').then(() => {
    throw new Error(`the process died with ${Math.round(peak)} MiB of ${megabytes}`);
  });
  try {
    await Promise.race([once(child, 'message'), exited]);
    const answered = once(child, 'message');
    child.send({ requestId: 'an-invocation', event, deadline: Date.now() + 120_000 });
    const [message] = await Promise.race([answered, exited]);
    look();
    if (peak > megabytes) throw new Error(`${Math.round(peak)} MiB of ${megabytes}`);
    return BatchResponse.parse(JSON.parse(Result.parse(message).answer));
  } finally {
    clearInterval(timer);
    exited.catch(() => {});
    child.kill('SIGKILL');
  }
}

/** The most resident memory that a process ever had, in MiB; 0 where the system has no such file. */
function mostOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / MEBIBYTE;
  } catch {
    return 0;
  }
}
