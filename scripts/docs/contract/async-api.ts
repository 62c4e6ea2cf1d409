import { attributesSchema, definitions } from './json-schema.ts';

const MESSAGES = {
  CloudEvent: 'A change in a CloudEvents 1.0 envelope, structured JSON. The one to prefer.',
  EventBridgeEvent: 'A change as a rule of Amazon EventBridge delivers it.',
  SnsNotification: 'A change as an SNS topic delivers it, without raw message delivery.',
  Body: 'A change as the API takes it, or one image alone, without any envelope.',
} as const;

/** The AsyncAPI 3 document of the queue: what producers may send. */
export function asyncApi() {
  const names = Object.keys(MESSAGES);
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'FinerWorks Image Updates',
      version: '1.0.0',
      description:
        'Events that change titles and descriptions of images at FinerWorks. See docs/contract/README.md.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: {
      imageUpdates: {
        address: '{queueUrl}',
        title: 'The SQS queue',
        description: 'A standard queue: at least once and in any order. Order is by event time.',
        parameters: { queueUrl: { description: 'The output QueueUrl of the stack.' } },
        messages: Object.fromEntries(
          names.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: {
      receiveImageUpdate: {
        action: 'receive',
        channel: { $ref: '#/channels/imageUpdates' },
        summary: 'Takes a change to FinerWorks, or dead-letters it with a reason.',
      },
    },
    components: {
      messages: Object.fromEntries(
        Object.entries(MESSAGES).map(([name, summary]) => [
          name,
          {
            name,
            summary,
            headers: { $ref: '#/components/schemas/MessageAttributes' },
            payload: { $ref: `#/components/schemas/${name}` },
          },
        ]),
      ),
      schemas: inComponents({ ...definitions(), MessageAttributes: attributesSchema() }),
    },
  };
}

/** The same definitions, which stand elsewhere in this document. */
function inComponents(value: object): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('#/$defs/', '#/components/schemas/'));
}
