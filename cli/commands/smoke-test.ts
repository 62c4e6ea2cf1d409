import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import * as z from 'zod';
import { type Beats, heartbeatsSince, sendHeartbeat } from '../aws/heartbeats.ts';
import { hasService } from '../aws/reachable.ts';
import { openTarget } from '../aws/target.ts';
import { define } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { wholeNumber } from '../options/whole-number.ts';

/** Lambda may wait 20 s at a quiet queue, and CloudWatch shows a metric a minute or two later. */
const WAIT = 300;
const READ_INTERVAL = 5_000;

/** `smoke-test` */
export const SMOKE_TEST = define({
  build: () =>
    addTargetOptions(
      new Command('smoke-test').description(
        'send a heartbeat the whole way, queue, function and FinerWorks, and wait until it is answered; no image is changed',
      ),
    ).option(
      '--wait <seconds>',
      `how long to wait for it; 0 only sends it (default: ${WAIT})`,
      wholeNumber,
    ),
  input: TargetOptions.extend({ wait: z.number().default(WAIT) }),
  examples: [
    ['smoke-test', 'after a deployment'],
    ['smoke-test --stack Staging --wait 600 --json', 'in a pipeline, which ends where it fails'],
  ],
  run: async ({ wait, ...target }, { terminal }) => {
    const { clients, deployment } = await openTarget(target, terminal);
    const queueUrl = await deployment.queueUrl();
    const id = `smoke-test ${randomUUID()}`;
    if (wait === 0) {
      await sendHeartbeat(clients.sqs, queueUrl, id);
      return { exitCode: 0, text: `Sent: ${id}.`, json: { id } };
    }
    const functionName = await deployment.functionName();
    if (functionName === undefined || !hasService('CLOUDWATCH', queueUrl, terminal)) {
      throw new UsageError(
        'only a deployed function counts heartbeats where this can be seen: name its stack with --stack, or send one with --wait 0',
      );
    }
    const startedAt = Date.now();
    const read = () => heartbeatsSince(clients.cloudWatch, functionName, startedAt, Date.now());
    // Those that the schedule sent within the same minute.
    const before = await read();
    await sendHeartbeat(clients.sqs, queueUrl, id);
    const { answered, invocations } = await counted(before, read, startedAt + wait * 1_000);
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    if (answered > before.answered) {
      const text = `A heartbeat went the whole way to FinerWorks and was answered; seen after ${seconds} s.`;
      return { exitCode: 0, text, json: { id, answered: true, seconds } };
    }
    const text =
      invocations > before.invocations
        ? 'The function got the heartbeat, and FinerWorks did not answer it as documented: see the query Failed heartbeats, or check.'
        : `Nothing was counted within ${seconds} s: is the event source mapping enabled? See check, and the runbook, NoHeartbeat.`;
    return { exitCode: 1, text, json: { id, answered: false, seconds } };
  },
});

/** Waits until the function has counted another heartbeat, answered or not. */
async function counted(before: Beats, read: () => Promise<Beats>, until: number): Promise<Beats> {
  for (;;) {
    const beats = await read();
    if (beats.invocations > before.invocations || Date.now() >= until) return beats;
    await sleep(Math.min(READ_INTERVAL, Math.max(0, until - Date.now())));
  }
}
