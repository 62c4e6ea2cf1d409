import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../errors.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Clients } from './clients.ts';
import type { Deployment } from './deployment.ts';
import { findMapping, type Mapping, readMapping, switchMapping } from './event-source-mapping.ts';
import { queueAttributes } from './queue-attributes.ts';
import { hasService } from './reachable.ts';

/** Lambda says that the change takes up to a few minutes (AWS: UpdateEventSourceMapping). */
const MAX_READS = 120;
const READ_INTERVAL = 1_000;

/** A deployment, and how it is reached. */
interface Reached {
  readonly deployment: Deployment;
  readonly clients: Clients;
  readonly terminal: Terminal;
}

/**
 * Lets Lambda take events from the queue of a deployment, or stops it, and waits until it does.
 *
 * @returns the mapping, with the state that it has by then
 * @throws {UsageError} on the local system
 */
export async function switchTaking(
  { deployment, clients, terminal }: Reached,
  isEnabled: boolean,
): Promise<Mapping> {
  const queueUrl = await deployment.queueUrl();
  if (!hasService('LAMBDA', queueUrl, terminal)) {
    throw new UsageError(
      'the local system has no event source mapping to switch: end it, and its queue is empty',
    );
  }
  const { arn } = await queueAttributes(clients.sqs, queueUrl);
  const found = await findMapping(clients.lambda, arn, await deployment.functionName());
  await switchMapping(clients.lambda, found, isEnabled);
  let mapping = found;
  for (let reads = 0; reads < MAX_READS; reads += 1) {
    mapping = await readMapping(clients.lambda, found);
    if (mapping.state === stateOf(isEnabled)) break;
    await sleep(READ_INTERVAL);
  }
  return mapping;
}

/** The state of a mapping that has been switched (AWS: EventSourceMappingConfiguration). */
export function stateOf(isEnabled: boolean): 'Enabled' | 'Disabled' {
  return isEnabled ? 'Enabled' : 'Disabled';
}
