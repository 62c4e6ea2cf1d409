import {
  GetEventSourceMappingCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { UnavailableError } from '../errors.ts';

const Mapping = z
  .object({
    UUID: z.string(),
    State: z.string().default('unknown'),
    FunctionArn: z.string().default(''),
  })
  .transform(({ UUID, State, FunctionArn }) => ({
    id: UUID,
    state: State,
    // The mapping is of an alias, whose name comes after that of the function.
    functionName: FunctionArn.split(':')[6],
  }));
/** The event source mapping. Its state says whether Lambda takes records from the queue. */
export type Mapping = z.output<typeof Mapping>;

/**
 * Finds the mapping of a queue, by its queue: AWS does not say whether a list by the name of a function
 * has the mappings of its aliases.
 *
 * @throws {UnavailableError} `NoEventSourceMapping`
 */
export async function findMapping(
  client: LambdaClient,
  queueArn: string,
  functionName: string | undefined,
): Promise<Mapping> {
  const command = new ListEventSourceMappingsCommand({ EventSourceArn: queueArn });
  const mappings = z.array(Mapping).parse((await client.send(command)).EventSourceMappings ?? []);
  const mapping = mappings.find(
    (one) => functionName === undefined || one.functionName === functionName,
  );
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
