import type { Deployment } from '../aws/deployment.ts';
import { openTarget } from '../aws/target.ts';
import { UsageError } from '../errors.ts';
import type { LetterQueueOptions, UndeliveredSource } from '../options/letter-queue-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { DeadLetterReader } from './reader.ts';
import { reasonsBeside } from './reasons-beside.ts';

/**
 * Finds the dead-letter queue of a deployment, or that of what was not delivered. From now on Ctrl-C ends the command at its next safe point.
 *
 * @throws {UsageError} where `from` names a source that the stack does not have
 */
export async function openDeadLetters(target: LetterQueueOptions, terminal: Terminal) {
  const stop = terminal.interruption.defer();
  const { clients, deployment } = await openTarget(target, terminal);
  const deadUrl = await deployment.deadLetterQueueUrl();
  const deadLetterQueueUrl = await letterQueueUrl(deployment, target.from);
  const beside = reasonsBeside(deployment, clients.dynamoDb);
  const reader = (url: string) => new DeadLetterReader(clients.sqs, url, stop, beside);
  return {
    stop,
    clients,
    deployment,
    deadLetterQueueUrl,
    open: () => reader(deadLetterQueueUrl),
    /** Where messages come that die again, wherever they were before. */
    openDead: () => reader(deadUrl),
  };
}

/**
 * The queue of dead letters, or that of what a source could not deliver.
 *
 * @throws {UsageError} where the stack does not have that
 */
export async function letterQueueUrl(
  deployment: Deployment,
  from: UndeliveredSource | undefined,
): Promise<string> {
  if (from === undefined) return deployment.deadLetterQueueUrl();
  const url = (await deployment.undeliveredUrls())[from];
  if (url !== undefined) return url;
  throw new UsageError(
    `the stack has no queue of what ${from === 'webhooks' ? 'doors for webhooks could not map' : `a ${from} could not deliver`}: name the stack with --stack, or the queue with --dlq`,
  );
}
