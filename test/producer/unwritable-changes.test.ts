import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { createPublisher, type ImageChange } from '../../producer/index.ts';
import { guid } from '../helpers/records.ts';

let queues: LocalQueues;
beforeAll(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 10, port: 0 });
});
afterAll(() => queues.close());

const good = (n: number): ImageChange => ({ guid: guid(n), title: `title ${n} 🦩` });

function holdingItself(): object {
  const change: Record<string, unknown> = { ...good(1) };
  change.self = { change };
  return change;
}

/** What a caller without types can hand over, and why it is no event. */
const UNWRITABLE: readonly [name: string, make: () => unknown, reason: string, detail: RegExp][] = [
  ['a BigInt', () => ({ ...good(1), sku: 12n }), 'NotJson', /BigInt/],
  ['a BigInt as its time', () => ({ ...good(1), time: 12n }), 'NotJson', /BigInt/],
  ['an object that holds itself', holdingItself, 'NotJson', /circular/],
  [
    'a getter that throws',
    () => ({
      ...good(1),
      get description() {
        throw new Error('no database');
      },
    }),
    'NotJson',
    /no database/,
  ],
  ['null', () => null, 'NotAnObject', /^the change: null, not an object$/],
  ['undefined', () => undefined, 'NotAnObject', /^the change: undefined, not an object$/],
  ['a function', () => () => good(1), 'NotAnObject', /^the change: function, not an object$/],
  ['a text', () => guid(1), 'NotAnObject', /^the change: string, not an object$/],
  ['a list', () => [good(1)], 'NotAnObject', /^the change: a list, not an object$/],
  ['a number as its id', () => ({ ...good(1), id: 7 }), 'InvalidEnvelope', /^id: not a text/],
  ['an object without fields', () => ({}), 'InvalidEvent', /^data/],
];

/** As untyped code hands it over. */
const untyped = (changes: readonly unknown[]) => changes as ImageChange[];

describe('a change that can’t be written', () => {
  const publisher = () => createPublisher({ queueUrl: queues.queueUrl, client: queues.client });

  test.each(UNWRITABLE)(
    '%s gets one invalid result, and its neighbours are sent',
    async (...row) => {
      const [, make, reason, detail] = row;
      const change = make();
      const results = await publisher().publish(untyped([good(1), change, good(2)]));
      expect(results.map(({ status }) => status)).toEqual(['sent', 'invalid', 'sent']);
      expect(results[1]).toMatchObject({ reason, detail: expect.stringMatching(detail) });
      expect(results[1]?.change).toBe(change);
    },
  );

  test('one result each, wherever and however often such changes stand in a list or a stream', async () => {
    const sent = fc.nat(20).map((n) => ({ change: good(n), status: 'sent' }));
    const invalid = fc
      .constantFrom(...UNWRITABLE)
      .map(([, make]) => ({ change: make(), status: 'invalid' }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(sent, invalid), { maxLength: 30 }), async (cases) => {
        const changes = untyped(cases.map(({ change }) => change));
        const expected = cases.map(({ status }) => status);
        const listed = await publisher().publish(changes);
        expect(listed.map(({ status }) => status)).toEqual(expected);
        expect(listed.map(({ change }) => change)).toEqual(changes);
        const streamed: string[] = [];
        for await (const { status } of publisher().publishStream(changes)) streamed.push(status);
        expect(streamed.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 30 },
    );
  });
});

test('what SQS takes as an escape only is sent as one', async () => {
  const { publish } = createPublisher({ queueUrl: queues.queueUrl, client: queues.client });
  const results = await publish([{ guid: guid(1), title: 'a\uFFFEb\uFFFF' }]);
  expect(results).toMatchObject([{ status: 'sent' }]);
});
