import { type GuardedField, SYNONYMS } from '../../../lambda/contract/faults/field-names.ts';
import { FIELDS } from '../../../lambda/contract/fields.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** The fields whose loss inside an image would lose an account, an order or a permission. */
const OF_EVENT = ['account_key', 'force', 'removeVirtualInventory'] as const;
const OF_IMAGE = ['guid', ...FIELDS] as const;

const NULL = { type: 'null' };
const TEXT = { type: 'string' };

/** What JSON Schema can say of names that are nearly right: no slips of a letter, and no invisible letters. */
export const NAMES_OF_IMAGE: JsonSchema = {
  ...spelledRightly(OF_IMAGE),
  allOf: [
    ...textsByTheirNames(),
    { patternProperties: Object.fromEntries(OF_EVENT.map((field) => [spelled(field), NULL])) },
    { patternProperties: { [synonymsOf('account_key')]: { not: { ...TEXT, minLength: 1 } } } },
  ],
};

/** Of an event with a list of images. */
export const NAMES_OF_LIST: JsonSchema = {
  ...spelledRightly(['images', ...OF_EVENT]),
  allOf: [...accountByItsName(), { not: imageAlone() }],
};

/** Of an event of one image. */
export const NAMES_OF_SINGLE: JsonSchema = {
  ...spelledRightly(['images', ...OF_IMAGE, ...OF_EVENT]),
  allOf: [...textsByTheirNames(), ...accountByItsName()],
};

/** Of an event for which no envelope says the time. */
export const NAMES_OF_TIME: JsonSchema = {
  anyOf: [
    says('time'),
    {
      patternProperties: {
        [spelled('time', { but: 'time' })]: NULL,
        [synonymsOf('time')]: { not: { type: ['string', 'number'] } },
      },
      properties: { images: { items: { patternProperties: { [spelled('time')]: NULL } } } },
    },
  ],
};

/** Of an envelope, for what is in it: another name of the time matters where the envelope says none. */
export function namesOfTimeIn(content: string): JsonSchema {
  const inside = { anyOf: [{ $ref: '#/$defs/Body' }, TEXT] };
  return { anyOf: [says('time'), { properties: { [content]: inside } }] };
}

function textsByTheirNames(): JsonSchema[] {
  return FIELDS.map((field) => notByAnotherName(field, TEXT));
}

function accountByItsName(): JsonSchema[] {
  const text = { ...TEXT, minLength: 1 };
  const key = [spelled('account_key'), synonymsOf('account_key')];
  const library = {
    type: 'object',
    patternProperties: Object.fromEntries(key.map((name) => [name, { not: text }])),
  };
  return [
    notByAnotherName('account_key', text),
    {
      anyOf: [
        says('account_key'),
        { properties: { library: { anyOf: [{ not: { type: 'object' } }, library] } } },
      ],
    },
  ];
}

/** Beside a list, which alone would be read. */
function imageAlone(): JsonSchema {
  const guid = { $ref: '#/$defs/Guid' };
  return {
    required: ['guid'],
    properties: { guid },
    anyOf: FIELDS.map((field) => ({
      required: [field],
      properties: { [field]: TEXT },
    })),
  };
}

/** Another case, underscores, hyphens or spaces: null, if it is there. */
function spelledRightly(fields: readonly GuardedField[]): JsonSchema {
  return {
    patternProperties: Object.fromEntries(
      fields.map((field) => [spelled(field, { but: field }), NULL]),
    ),
  };
}

/** Another name with a value of the field's type, where the field says nothing. */
function notByAnotherName(field: GuardedField, type: JsonSchema): JsonSchema {
  return {
    anyOf: [says(field), { patternProperties: { [synonymsOf(field)]: { not: type } } }],
  };
}

function says(field: GuardedField): JsonSchema {
  return { required: [field], properties: { [field]: { not: NULL } } };
}

function synonymsOf(field: GuardedField): string {
  return `^(?:${SYNONYMS[field].map(lettersOf).join('|')})[-_\\s]*$`;
}

/** @param but the one way to write it that is right */
function spelled(field: GuardedField, { but }: { but?: string } = {}): string {
  const exception = but === undefined ? '' : `(?!${but}$)`;
  return `^${exception}${lettersOf(field.replaceAll('_', ''))}[-_\\s]*$`;
}

/** JSON Schema knows no flags: every letter in both cases, and anything between them that does not count. */
function lettersOf(name: string): string {
  return Array.from(
    name,
    (letter) => `[-_\\s]*[${letter.toLowerCase()}${letter.toUpperCase()}]`,
  ).join('');
}
