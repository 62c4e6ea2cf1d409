import { env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../lambda/settlement/failure.ts';
import type { StandInRequest } from '../../local/finerworks/stand-in.ts';
import { type LocalSystem, type LocalSystemOptions, startLocalSystem } from '../../local/system.ts';
import { sharedBundle } from './shared-bundle.ts';

/** The system of a test: the product's own settings, but quick. */
export function startTestSystem(options: Partial<LocalSystemOptions> = {}): Promise<LocalSystem> {
  return startLocalSystem({
    batchSize: 500,
    batchingWindowSeconds: 1,
    maxConcurrency: 2,
    timeoutSeconds: 60,
    visibilityTimeoutSeconds: 30,
    maxReceiveCount: 200,
    bundle: options.bundle ?? sharedBundle(),
    // Set by the deep test that runs these tests on AWS's own runtime.
    runtimeClient: env.RUNTIME_CLIENT,
    ...options,
  });
}

/** Waits until something holds. Bounded, so that a wait without success still lets the test clean up. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries === 2_400) throw new Error('waited 60 s without success');
    await sleep(25);
  }
}

/** Sends bodies (texts as they are) and waits until all of them have left the queue. */
export async function process(system: LocalSystem, bodies: readonly unknown[]): Promise<string[]> {
  const texts = bodies.map((body) => (typeof body === 'string' ? body : JSON.stringify(body)));
  const ids = await system.queues.send(texts);
  system.start();
  await until(async () => (await system.queues.depth()) === 0);
  return ids;
}

/** Every dead letter: its body, and what its attribute `failure` says. */
export async function deadLettersOf(system: LocalSystem) {
  return (await system.queues.deadLetters()).map(({ body, messageAttributes }) => ({
    body,
    failure: Failure.parse(JSON.parse(messageAttributes.failure?.StringValue ?? '')),
  }));
}

/** What the stand-in was asked to update, call by call, without the looks at the inventory. */
export function updatesOf({ standIn }: LocalSystem): readonly StandInRequest[] {
  return standIn.requests.filter(({ method }) => method === 'PUT');
}
