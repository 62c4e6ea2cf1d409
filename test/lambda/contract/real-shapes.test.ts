import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explain as explainRejection } from '../../../lambda/contract/faults/explain.ts';
import { explainingReader } from '../../../lambda/contract/faults/explaining-reader.ts';
import { KNOWN_SHAPES } from '../../../lambda/contract/faults/known-shapes.ts';
import { eventReader } from '../../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../../lambda/contract/rejected-event.ts';
import { run } from '../../../lambda/pipeline.ts';
import { type Explain, explained } from '../../../lambda/records/parse-record.ts';
import { Failure } from '../../../lambda/settlement/failure.ts';
import { dependencies, INVOCATION, receiptsFor } from '../../helpers/flow.ts';
import { readingOf } from '../../helpers/readings.ts';
import { REAL_SHAPES } from '../../helpers/real-shapes.ts';
import { guid, sqsEvent, sqsRecord } from '../../helpers/records.ts';
import { runs } from '../../helpers/runs.ts';

const readEvent = explainingReader({});
const rejectionOf = (body: string) => {
  try {
    readEvent(body);
  } catch (error) {
    if (error instanceof RejectedEvent) return error;
    throw error;
  }
  throw new Error('it was read');
};

/** What the dead letters of an invocation say of themselves, in the records' order. */
async function failuresOf(
  bodies: readonly unknown[],
  explain: Explain = async (rejection) => explainRejection(rejection),
) {
  const told: Failure[] = [];
  await run(
    sqsEvent(...bodies.map((body) => sqsRecord({ body }))),
    dependencies({
      explain,
      sendDeadLetters: async (entries) => {
        for (const { MessageAttributes } of entries) {
          told.push(Failure.parse(JSON.parse(MessageAttributes?.failure?.StringValue ?? '')));
        }
        return receiptsFor(entries);
      },
    }),
    INVOCATION,
  );
  return told;
}

describe('what other systems put on the queue is told what it is and what to send', () => {
  test.each(REAL_SHAPES)('$what', ({ body, reason, says }) => {
    const rejection = rejectionOf(typeof body === 'string' ? body : JSON.stringify(body));
    expect(rejection.reason).toBe(reason);
    for (const part of says) expect(rejection.message).toContain(part);
    expect(rejection.message).not.toContain('secret-token');
  });

  test('by the dead letters of the function in the same words', async () => {
    const failures = await failuresOf(REAL_SHAPES.map(({ body }) => body));
    expect(failures.map(({ reason }) => reason)).toEqual(REAL_SHAPES.map(({ reason }) => reason));
    for (const [at, { what, says }] of REAL_SHAPES.entries()) {
      for (const part of says)
        expect([what, failures[at]?.detail]).toEqual([what, expect.stringContaining(part)]);
    }
  });

  test('each shape of the table, which no wider one before it hides', () => {
    const told = REAL_SHAPES.map(
      ({ body }) => rejectionOf(typeof body === 'string' ? body : JSON.stringify(body)).message,
    ).join('\n');
    for (const { is, todo } of KNOWN_SHAPES) expect(told).toContain(`${is}: ${todo}`);
  });

  test('without a word that nobody can add to', async () => {
    const [failure] = await failuresOf([{ guid: 'none', title: 'A' }]);
    expect(failure?.detail).toMatch(/^guid/);
  });
});

test('a dead letter keeps the reader’s own words where no more can be said', async () => {
  const [failure] = await failuresOf([{}], async () => {
    throw new Error('not loaded');
  });
  expect(failure).toMatchObject({
    reason: 'InvalidEvent',
    detail: 'the body: neither images nor guid',
  });
});

test('nothing is loaded, and nothing is copied, where every record was read', async () => {
  const readings = [readingOf(), readingOf()];
  const explain = async () => 'asked';
  expect(await explained(readings, explain)).toBe(readings);
});

describe('whatever the body', () => {
  const key = fc.oneof(
    fc.constantFrom('Records', 'body', 'data', 'payload', 'images', 'specversion', 'TopicArn'),
    fc.constantFrom('data_base64', 'Type', 'SubscribeURL', 'headers', 'status', 'message', 'job'),
    fc.string({ unit: 'binary' }),
  );
  const bodies = fc.oneof(
    fc.object({ key, maxDepth: 3 }).map((value) => JSON.stringify(value)),
    fc.json({ stringUnit: 'binary' }),
    fc.string({ unit: 'binary' }),
    fc.base64String({ minLength: 16 }),
    fc.json().map((text) => Buffer.from(text).toString('base64')),
    fc.json().map((text) => JSON.stringify(text)),
  );

  test('what is said of it can be shown anywhere, begins with the reader’s own words and is short', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        try {
          eventReader({})(body);
        } catch (error) {
          expect(error).toBeInstanceOf(RejectedEvent);
          if (!(error instanceof RejectedEvent)) return;
          const { message, reason } = rejectionOf(body);
          expect(reason).toBe(error.reason);
          expect(message.startsWith(error.message)).toBe(true);
          const added = message.slice(error.message.length);
          expect(added.length).toBeLessThan(1_000);
          expect(added).toBe(added.toWellFormed());
          expect(added).not.toMatch(/(?! )[\p{C}\p{Z}]/u);
        }
      }),
      runs(500),
    );
  });

  test('a message full of keys, lists or base64 is told in no more words than another', () => {
    const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`k${n}`, '{}']));
    for (const body of [
      JSON.stringify(keys),
      JSON.stringify(Array(100_000).fill([])),
      Buffer.alloc(700_000, 'x').toString('base64'),
      JSON.stringify({ ['x'.repeat(900_000)]: 1 }),
      `${'{"a":'.repeat(90)}1${'}'.repeat(90)}`,
    ]) {
      expect(rejectionOf(body).message.length).toBeLessThan(500);
    }
  });
});

describe('the content of an envelope', () => {
  const cloudEvent = { specversion: '1.0', id: '1', source: '/dam', type: 't' };
  const bridge = { 'detail-type': 't', id: '1', source: 's', time: '2026-11-23T10:00:00Z' };
  const content = fc.record({
    guid: fc.constant(guid(1)),
    title: fc.string({ unit: 'grapheme' }),
    id: fc.constantFrom('own', null),
    time: fc.constantFrom('2026-11-22T10:00:00Z', null),
  });

  test('is the same as an object and as a text that holds it', () => {
    const read = (value: unknown) => readEvent(JSON.stringify(value));
    fc.assert(
      fc.property(content, (event) => {
        const text = JSON.stringify(event);
        expect(read({ ...cloudEvent, data: text })).toEqual(read({ ...cloudEvent, data: event }));
        expect(read({ ...bridge, detail: text })).toEqual(read({ ...bridge, detail: event }));
        const inner = { ...cloudEvent, data: text };
        expect(read({ ...bridge, detail: JSON.stringify(inner) })).toEqual(
          read({ ...bridge, detail: { ...cloudEvent, data: event } }),
        );
      }),
    );
  });

  test('is read so whatever content type is claimed', () => {
    const event = { ...cloudEvent, datacontenttype: 'text/plain' };
    const data = JSON.stringify({ guid: guid(1), title: 'A' });
    expect(readEvent(JSON.stringify({ ...event, data })).images).toHaveLength(1);
  });
});
