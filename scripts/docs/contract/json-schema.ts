import * as z from 'zod';
import { bodySchemas } from '../../../lambda/contract/body.ts';
import {
  CloudEvent,
  EventBridgeEvent,
  SnsNotification,
} from '../../../lambda/contract/envelopes.ts';
import { FIELDS } from '../../../lambda/contract/fields.ts';
import { Guid } from '../../../lambda/contract/image.ts';
import { Outcome } from '../../../lambda/outcomes/outcome.ts';
import { DESCRIPTIONS, OUTCOME_DESCRIPTIONS } from './descriptions.ts';
import {
  NAMES_OF_IMAGE,
  NAMES_OF_LIST,
  NAMES_OF_SINGLE,
  NAMES_OF_TIME,
  namesOfTimeIn,
} from './name-rules.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** What the contract says in code: a body without anything to set is no event. */
const SETS_SOMETHING: JsonSchema = {
  anyOf: FIELDS.map((field) => ({
    required: [field],
    properties: { [field]: { type: 'string' } },
  })),
};

/** An envelope is known by one field; a body must not have it, or it would be read as one. */
const NO_ENVELOPE: JsonSchema = {
  not: {
    anyOf: ['specversion', 'detail-type', 'TopicArn'].map((field) => ({ required: [field] })),
  },
};

/** What is inside it can't be said of a text. */
const TEXT_OF_JSON: JsonSchema = { type: 'string', contentMediaType: 'application/json' };

const { many, single } = bodySchemas({});

/** The parts of the contract, each under a name of its own. */
export function definitions(): Record<string, JsonSchema> {
  const images = plain(many.shape.images);
  const cloudEvent = withProperties(plain(CloudEvent), {
    data: { anyOf: [{ $ref: '#/$defs/TimedBody' }, TEXT_OF_JSON] },
  });
  return {
    Body: {
      description: 'As the API takes it, with a list of images; or one image alone.',
      $ref: '#/$defs/TimedBody',
      ...NAMES_OF_TIME,
    },
    TimedBody: {
      description: 'The same in an envelope that says the time.',
      oneOf: [{ $ref: '#/$defs/ImageList' }, { $ref: '#/$defs/SingleImage' }],
      ...NO_ENVELOPE,
    },
    ImageList: {
      ...withProperties(described(plain(many)), {
        images: {
          ...images,
          items: { ...described(Object(images.items)), ...SETS_SOMETHING, ...NAMES_OF_IMAGE },
        },
      }),
      ...NAMES_OF_LIST,
    },
    SingleImage: {
      ...withProperties(described(plain(single)), { images: { type: 'null' } }),
      ...SETS_SOMETHING,
      ...NAMES_OF_SINGLE,
    },
    Guid: plain(Guid),
    CloudEvent: { ...cloudEvent, ...namesOfTimeIn('data') },
    TimedCloudEvent: { description: 'The same in an envelope that says the time.', ...cloudEvent },
    EventBridgeEvent: {
      ...withProperties(plain(EventBridgeEvent), {
        'detail-type': {},
        detail: {
          anyOf: [{ $ref: '#/$defs/TimedCloudEvent' }, { $ref: '#/$defs/TimedBody' }, TEXT_OF_JSON],
        },
      }),
      required: ['detail-type', 'id', 'source', 'time', 'detail'],
    },
    SnsNotification: withProperties(plain(SnsNotification), {
      Message: TEXT_OF_JSON,
      MessageAttributes: {
        description:
          'Those of a CloudEvent, ce_id, ce_source and ce_time, are the envelope of what is in the message.',
      },
    }),
  };
}

/** The message attributes that the contract reads. */
export function attributesSchema(): JsonSchema {
  const fact = { type: 'string', minLength: 1 };
  return {
    type: 'object',
    description:
      'Message attributes of SQS. Those of a CloudEvent are its envelope, with the prefix ce-, ce_, cloudEvents_ or cloudEvents:.',
    properties: {
      'ce-id': fact,
      'ce-source': fact,
      'ce-time': { type: 'string', format: 'date-time' },
    },
  };
}

/** The JSON Schema of a message's body, as far as JSON Schema can say what the contract says. */
export function eventSchema(): JsonSchema {
  const envelopes = ['CloudEvent', 'EventBridgeEvent', 'SnsNotification', 'Body'];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Image-metadata change event',
    description:
      'One message on the queue of FinerWorks Image Updates. Unknown fields are ignored, but for names that are nearly right: those are rejected. Not said here: slips of one letter in a name; fields of the event beside the data of a CloudEvent; a guid that stands in a list twice must be given the same values; no text may hold half of a surrogate pair; no key may be __proto__.',
    anyOf: envelopes.map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: definitions(),
  };
}

/** The JSON Schema of an outcome, which this system writes. */
export function outcomeSchema(): JsonSchema {
  const schema = plain(Outcome);
  const { data, ...envelope } = Object(schema.properties);
  const ofData = withTexts(Object(data), OUTCOME_DESCRIPTIONS);
  return { ...schema, properties: { ...envelope, data: ofData } };
}

/** What zod says of a schema's input, without what belongs to the document as a whole. */
function plain(schema: z.core.$ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

/** The same, with what producers should know of each field. */
function described(schema: JsonSchema): JsonSchema {
  return withTexts(schema, DESCRIPTIONS);
}

function withTexts(schema: JsonSchema, texts: Readonly<Record<string, string>>): JsonSchema {
  const properties = Object.entries<JsonSchema>(Object(schema.properties)).map(
    ([name, rest]) => [name, { description: texts[name], ...rest }] as const,
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}

function withProperties(schema: JsonSchema, properties: JsonSchema): JsonSchema {
  return { ...schema, properties: { ...Object(schema.properties), ...properties } };
}
