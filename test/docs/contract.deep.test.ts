import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { eventReader } from '../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { Outcome } from '../../lambda/outcomes/outcome.ts';
import { OUTCOME_KINDS } from '../../lambda/outcomes/outcome-kinds.ts';
import { outcomesToTell } from '../../lambda/outcomes/outcomes-to-tell.ts';
import type { Rejection } from '../../lambda/verdicts/reasons.ts';
import type { Verdict } from '../../lambda/verdicts/verdict.ts';
import { asyncApi } from '../../scripts/docs/contract/async-api.ts';
import { CONTRACT_FILES } from '../../scripts/docs/contract/files.ts';
import { eventSchema, outcomeSchema } from '../../scripts/docs/contract/json-schema.ts';
import { BAD_INPUTS } from '../helpers/bad-inputs.ts';
import { guid } from '../helpers/records.ts';
import { settlementOf } from '../helpers/settlements.ts';

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const isValid = ajv.compile(eventSchema());
const readEvent = eventReader({});

/** Why the function rejects a message; undefined where it takes it. */
function reasonFor(event: unknown): Rejection | undefined {
  try {
    readEvent(JSON.stringify(event));
    return undefined;
  } catch (error) {
    if (error instanceof RejectedEvent) return error.reason;
    throw error;
  }
}

/** What the schema can't say, as its description tells. */
const UNSAID: readonly Rejection[] = ['ConflictingImages', 'LoneSurrogate', 'ForbiddenKey'];

/** Values that meet the contract, miss it a little, or have nothing to do with it. */
const odd = fc.constantFrom(null, '', 'a', 7, true, [], {});
const image = fc.record(
  {
    guid: fc.constantFrom(guid(1), guid(2), `{${guid(3)}}`, 'no guid', 7),
    title: fc.oneof(fc.constant('A'), odd),
    description: fc.oneof(fc.constant('B'), odd),
  },
  { requiredKeys: [] },
);
const names = fc.dictionary(
  fc.oneof(
    fc.constantFrom('Title', '_title', 'imageTitle', 'Guid', 'image_guid', 'image_description'),
    fc.constantFrom('AccountKey', 'library account-key', 'library', 'Images', 'image_list'),
    fc.constantFrom('updated_at', 'Time', 'created_at', 'Force', 'remove_virtual_inventory'),
    fc.constantFrom('name', 'ID', 'titles', 'account_key', 'force', 'time'),
  ),
  fc.oneof(fc.constantFrom<unknown>('A', guid(1), { account_key: 'B' }, { AccountKey: 1 }), odd),
  { maxKeys: 1 },
);
const namedImage = fc.tuple(names, image).map(([others, known]) => ({ ...others, ...known }));
const facts = fc.record(
  {
    account_key: odd,
    time: fc.constantFrom('2024-01-01T00:00:00Z', '2024-01-01T00:00:00.123+01:00', 'noon', 7, null),
    force: fc.constantFrom(true, false, null, 'yes'),
    images: fc.oneof(fc.array(namedImage, { maxLength: 3 }), odd),
  },
  { requiredKeys: [] },
);
const body = fc.tuple(facts, fc.option(image), names).map(([own, alone, beside]) => ({
  ...beside,
  ...own,
  ...alone,
}));
const cloudEvent = fc
  .tuple(
    body,
    fc.constantFrom('1.0', '0.3'),
    fc.constantFrom('id', ''),
    fc.constantFrom({}, { time: null }, { time: '2024-01-01T00:00:00Z' }),
  )
  .map(([data, specversion, id, time]) => ({
    specversion,
    id,
    source: '/',
    type: 't',
    data,
    ...time,
  }));
const bridge = fc.oneof(body, cloudEvent).map((detail) => ({
  'detail-type': 't',
  id: 'i',
  source: 's',
  time: '2024-01-01T00:00:00Z',
  detail,
}));

describe('the JSON Schema', () => {
  test('agrees with the function on everything that it can say', () => {
    fc.assert(
      fc.property(fc.oneof(body, cloudEvent, bridge), (event) => {
        const reason = reasonFor(event);
        if (reason === undefined || !UNSAID.includes(reason)) {
          expect([event, isValid(event)]).toEqual([event, reason === undefined]);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('takes no message of the known bad inputs that it can speak of', () => {
    const spoken = BAD_INPUTS.filter(({ reason }) =>
      ['InvalidEvent', 'InvalidEnvelope'].includes(reason),
    );
    const taken = spoken.filter(({ body: text }) => isValid(JSON.parse(text)));
    expect(spoken.length).toBeGreaterThan(20);
    // What is inside an SNS notification is a text to JSON Schema.
    expect(taken.every(({ body: text }) => text.includes('TopicArn'))).toBe(true);
  });
});

test('the AsyncAPI document is valid by its own parser', async () => {
  const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApi()));
  expect(diagnostics).toEqual([]);
  expect(
    document
      ?.messages()
      .all()
      .map((message) => message.id())
      .sort(),
  ).toEqual([
    ...['Body', 'CloudEvent', 'EventBridgeEvent', 'SnsNotification'],
    ...OUTCOME_KINDS.toSorted(),
  ]);
});

describe('the schema of outcomes', () => {
  const isOutcome = ajv.compile(outcomeSchema());
  const verdicts = fc.constantFrom<Verdict>(
    { kind: 'applied' },
    { kind: 'superseded' },
    { kind: 'rejected', reason: 'Refused', detail: 'no', guids: [guid(1)] },
    { kind: 'rejected', reason: 'RetriesExhausted', detail: 'no', lastReason: 'Timeout' },
  );
  const settings = { kinds: OUTCOME_KINDS, service: 'image-updates' };
  const context = { requestId: 'request', now: 0 };

  test('holds for whatever is told', () => {
    fc.assert(
      fc.property(fc.oneof(body, cloudEvent, fc.string()), verdicts, (event, verdict) => {
        const outcomes = outcomesToTell(
          [{ ...settlementOf(verdict, { body: event }), deadLetter: { messageId: 'letter' } }],
          settings,
          context,
        );
        for (const outcome of outcomes)
          expect([isOutcome(outcome), outcome]).toEqual([true, outcome]);
      }),
    );
  });

  test('agrees with the schema of the function on what is none', () => {
    const [outcome] = outcomesToTell([settlementOf({ kind: 'applied' })], settings, context);
    const values = fc.constantFrom<unknown>(undefined, null, '', 7, [], {}, '1.0', 'noon');
    const at = fc.constantFrom('specversion', 'id', 'source', 'type', 'time', 'data', 'other');
    const inside = fc.constantFrom('event', 'messageId', 'sentAt', 'images', 'guids', 'reason');
    fc.assert(
      fc.property(at, inside, values, values, (name, inner, one, other) => {
        const changed = { ...outcome, data: { ...outcome?.data, [inner]: other }, [name]: one };
        const sent: unknown = JSON.parse(JSON.stringify(changed));
        expect([sent, isOutcome(sent)]).toEqual([sent, Outcome.safeParse(sent).success]);
      }),
    );
  });
});

test.each(CONTRACT_FILES)(
  '$name is as the schemas of the function make it: npm run docs',
  (file) => {
    expect(readFileSync(file.url, 'utf8')).toBe(file.text);
  },
);
