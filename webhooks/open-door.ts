import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { errorName } from '../lambda/general/error-name.ts';
import { KeyHolder } from '../lambda/keys/key-source.ts';
import { throttledReader } from '../lambda/keys/throttled-reader.ts';
import { AWS_CLIENT_SETTINGS } from '../lambda/runtime/aws-client-settings.ts';
import { logger } from '../lambda/runtime/powertools.ts';
import { secretsReader } from '../lambda/runtime/secret.ts';
import { createPublisher } from '../producer/publisher.ts';
import type { DoorDependencies } from './door.ts';
import { readDoorConfig } from './door-config.ts';
import { letterOf, messageOf } from './letter.ts';
import { SENDERS } from './senders.ts';
import { signingSecretsOf } from './signing-secrets.ts';
import { SOURCES } from './sources/sources.ts';

/** The door of one sandbox. */
export interface Door {
  /** @param requestId the invocation's */
  readonly dependenciesFor: (requestId: string) => DoorDependencies;
}

/**
 * Connects a door with AWS, by its environment.
 *
 * @throws {ConfigError} where the environment is wrong
 */
export function openDoor(environment: NodeJS.ProcessEnv): Door {
  const config = readDoorConfig(environment);
  const { source: name, queueUrl, undeliveredUrl, secretId } = config;
  const source = SOURCES[name];
  // By default the host in a queue's URL overrides AWS_ENDPOINT_URL (@aws-sdk/middleware-sdk-sqs).
  const client = new SQSClient({ ...AWS_CLIENT_SETTINGS, useQueueUrlAsEndpoint: false });
  const { publish } = createPublisher({
    ...{ queueUrl, client, source: `/webhooks/${name}` },
    ...(config.maxTitleLength && { maxTitleLength: config.maxTitleLength }),
    ...(config.maxDescriptionLength && { maxDescriptionLength: config.maxDescriptionLength }),
  });
  const read = throttledReader(secretsReader(), Date.now);
  const secrets = new KeyHolder(
    { ...config, parse: signingSecretsOf(name, SENDERS[name].signer), now: Date.now },
    ({ message }) => logger.warn('Going on with older secrets', { error: message }),
  );
  return {
    dependenciesFor: (requestId) => ({
      sender: SENDERS[name],
      source,
      places: {
        ...source.places,
        ...config.fields,
        guid: config.fields.guid ?? source.places.guid,
      },
      secrets: () => secrets.keys(() => read(secretId)),
      publish,
      keep: async (request, fault) => {
        const context = { source: name, requestId, now: Date.now() };
        const letter = messageOf(letterOf(request, context), fault, context);
        await client.send(new SendMessageCommand({ QueueUrl: undeliveredUrl, ...letter }));
        logger.warn('A webhook could not be mapped', { reason: fault.reason });
      },
      onUnavailable: (error) => {
        // The message of any other error can hold what a call was given.
        const isOwn = error instanceof Error && OWN.has(error.name);
        logger.error('The sender is to send again', {
          error: isOwn ? error.message : errorName(error),
        });
      },
      now: Date.now,
    }),
  };
}

const OWN: ReadonlySet<string> = new Set(['KeysError', 'SourceUnavailable']);
