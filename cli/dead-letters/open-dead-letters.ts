import { connect } from '../aws/clients.ts';
import { Deployment } from '../aws/deployment.ts';
import type { TargetOptions } from '../options/target-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { DeadLetterReader } from './reader.ts';
import { reasonsBeside } from './reasons-beside.ts';

/** Finds the dead-letter queue of a deployment. From now on Ctrl-C ends the command at its next safe point. */
export async function openDeadLetters(target: TargetOptions, terminal: Terminal) {
  const stop = terminal.interruption.defer();
  const clients = connect();
  const deployment = new Deployment(target, terminal, clients);
  const deadLetterQueueUrl = await deployment.deadLetterQueueUrl();
  const beside = reasonsBeside(deployment, clients.dynamoDb);
  const open = () => new DeadLetterReader(clients.sqs, deadLetterQueueUrl, stop, beside);
  return { stop, clients, deployment, deadLetterQueueUrl, open };
}
