import {
  GetEventSourceMappingCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { UnavailableError } from '../errors.ts';

const Mapping = z
  .object({ UUID: z.string(), State: z.string().default('unknown') })
  .transform(({ UUID, State }) => ({ id: UUID, state: State }));
/** The event source mapping. Its state says whether Lambda takes records from the queue. */
export type Mapping = z.output<typeof Mapping>;

/**
 * Finds the mapping of a queue. One queue has one consumer here.
 *
 * @throws {UnavailableError} `NoEventSourceMapping`
 */
export async function findMapping(
  client: LambdaClient,
  queueArn: string,
  functionName: string | undefined,
): Promise<Mapping> {
  const command = new ListEventSourceMappingsCommand({
    EventSourceArn: queueArn,
    ...(functionName !== undefined && { FunctionName: functionName }),
  });
  const [mapping] = z.array(Mapping).parse((await client.send(command)).EventSourceMappings ?? []);
  if (mapping !== undefined) return mapping;
  throw new UnavailableError(
    'NoEventSourceMapping',
    `no event source mapping takes records from ${queueArn}: deploy the stack again`,
  );
}

/** Switches a mapping on or off; Lambda takes a while to do so (AWS: UpdateEventSourceMapping). */
export async function switchMapping(
  client: LambdaClient,
  { id }: Mapping,
  isEnabled: boolean,
): Promise<void> {
  await client.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: isEnabled }));
}

/** Reads a mapping again. */
export async function readMapping(client: LambdaClient, { id }: Mapping): Promise<Mapping> {
  return Mapping.parse(await client.send(new GetEventSourceMappingCommand({ UUID: id })));
}
