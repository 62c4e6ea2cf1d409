import { typeOf } from '../../../lambda/outcomes/outcome.ts';
import { OUTCOME_KINDS, type OutcomeKind } from '../../../lambda/outcomes/outcome-kinds.ts';
import { attributesSchema, definitions, outcomeSchema } from './json-schema.ts';

const MESSAGES = {
  CloudEvent: 'A change in a CloudEvents 1.0 envelope, structured JSON. The one to prefer.',
  EventBridgeEvent: 'A change as a rule of Amazon EventBridge delivers it.',
  SnsNotification: 'A change as an SNS topic delivers it, without raw message delivery.',
  Body: 'A change as the API takes it, or one image alone, without any envelope.',
} as const;

const OUTCOMES: Readonly<Record<OutcomeKind, string>> = {
  applied: 'FinerWorks took at least one image of the event, and has what the others want.',
  unchanged: 'FinerWorks had everything already: nothing was sent.',
  superseded: 'Newer values were confirmed before: nothing was sent.',
  'dead-lettered': 'It can never succeed, and waits in the dead-letter queue with its reason.',
  'retries-exhausted': 'It failed for as long as it may be retried, and is dead-lettered too.',
};

/** The AsyncAPI 3 document: what producers may send to the queue, and what is told of that. */
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
      outcomes: {
        address: '{outcomesTarget}',
        title: 'An EventBridge bus, or an SNS topic',
        description:
          'What became of each event, once it leaves the queue. Off unless the setting outcomesTarget names the place; best effort, in no order. On a bus the CloudEvent is the detail, and its type the detail-type.',
        parameters: { outcomesTarget: { description: 'The setting of the stack.' } },
        messages: Object.fromEntries(
          OUTCOME_KINDS.map((kind) => [kind, { $ref: `#/components/messages/${kind}` }]),
        ),
      },
    },
    operations: {
      receiveImageUpdate: {
        action: 'receive',
        channel: { $ref: '#/channels/imageUpdates' },
        summary: 'Takes a change to FinerWorks, or dead-letters it with a reason.',
      },
      sendOutcome: {
        action: 'send',
        channel: { $ref: '#/channels/outcomes' },
        summary: 'Tells what became of a change.',
      },
    },
    components: {
      messages: {
        ...Object.fromEntries(
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
        ...Object.fromEntries(OUTCOME_KINDS.map((kind) => [kind, outcomeOf(kind)])),
      },
      schemas: inComponents({
        ...definitions(),
        MessageAttributes: attributesSchema(),
        Outcome: outcomeSchema(),
      }),
    },
  };
}

function outcomeOf(kind: OutcomeKind) {
  return {
    name: typeOf(kind),
    summary: OUTCOMES[kind],
    contentType: 'application/cloudevents+json',
    payload: {
      allOf: [
        { $ref: '#/components/schemas/Outcome' },
        { properties: { type: { const: typeOf(kind) } } },
      ],
    },
  };
}

/** The same definitions, which stand elsewhere in this document. */
function inComponents(value: object): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('#/$defs/', '#/components/schemas/'));
}
