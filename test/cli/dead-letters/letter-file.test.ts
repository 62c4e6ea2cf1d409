import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toDeadLetter } from '../../../cli/dead-letters/dead-letter.ts';
import { exportLine } from '../../../cli/dead-letters/exported.ts';
import { filedLetters } from '../../../cli/dead-letters/letter-file.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { guid } from '../../helpers/records.ts';

const letterOf = (body: string) =>
  toDeadLetter({
    MessageId: 'letter',
    ReceiptHandle: '',
    Body: body,
    Attributes: {
      ...{ SentTimestamp: '1795000000000', ApproximateReceiveCount: '2' },
      MessageGroupId: 'acme',
    },
    MessageAttributes: {
      trace: { DataType: 'String', StringValue: 'kept' },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
    },
  });

async function readBack(lines: readonly string[]) {
  await using folder = await temporaryFolder();
  const file = await folder.write('letters.ndjson', lines.join(''));
  return await Array.fromAsync(filedLetters(file));
}

test('whatever a letter holds, it comes back from its file as it was', async () => {
  const bodies = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.json(),
    fc.json().map((of) => ` ${of}`),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(bodies, { minLength: 1, maxLength: 5 }), async (texts) => {
      const letters = texts.map(letterOf);
      const filed = await readBack(letters.map(exportLine));
      expect(filed).toEqual(
        letters.map((letter, at) => ({
          ...{ line: at + 1, text: letter.body, isEdited: false },
          letter: { ...letter, whyNoReason: undefined },
        })),
      );
    }),
    { numRuns: 30 },
  );
});

const BODY = `{ "guid": "${guid(1)}", "title": "a" }`;
const line = (change: object) => {
  const whole = JSON.parse(exportLine(letterOf(BODY)));
  return `${JSON.stringify({ ...whole, ...change })}\n`;
};

test.each([
  ['its event in other words', { event: { guid: guid(1), title: 'b' } }, true],
  ['its text, where it has no event', { event: undefined, body: '{}' }, true],
  ['its event as it was', {}, false],
])('a line says by %s whether somebody edited it', async (_how, change, isEdited) => {
  expect(await readBack([line(change)])).toMatchObject([{ isEdited }]);
});

test.each([
  ['body and event that differ', line({ body: '{}' }), /body and event say different things/],
  ['no letter', '{"guid": "x"}\n', /no dead letter of dlq export: messageId/],
])('a line with %s is a fault', async (_what, text, fault) => {
  expect(await readBack([text])).toMatchObject([{ fault: expect.stringMatching(fault) }]);
});
