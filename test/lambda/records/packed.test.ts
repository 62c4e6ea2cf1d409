import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { SQSMessageAttributes } from 'aws-lambda';
import fc from 'fast-check';
import {
  PACKED_BODY,
  type PackedContent,
  pack,
  unpack,
  unpacked,
} from '../../../lambda/records/packed.ts';
import { sqsRecord } from '../../helpers/records.ts';

const CONTENT: PackedContent = {
  body: '{"guid":"a"}',
  messageAttributes: {
    tenant: { dataType: 'String', stringValue: 'shop' },
    picture: { dataType: 'Binary', binaryValue: 'AAEC' },
    blank: { dataType: 'String' },
  },
};

const ORIGIN = { messageId: 'm-1', sentTimestamp: 1, time: null, id: null };

const redriveOf = (content: object) => ({
  dataType: 'String' as const,
  stringValue: JSON.stringify({ count: 1, origin: ORIGIN, ...content }),
});
const packedOf = (bytes: Uint8Array) => ({
  dataType: 'Binary' as const,
  binaryValue: Buffer.from(bytes).toString('base64'),
});
const record = (messageAttributes: SQSMessageAttributes) =>
  sqsRecord({ body: PACKED_BODY, messageAttributes });

describe('a packed message', () => {
  test('is what it was, with any text and any attributes', () => {
    const attribute = fc.record({ dataType: fc.string(), stringValue: fc.string() });
    const name = fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,20}$/);
    const content = fc.record({
      body: fc.string({ unit: 'binary' }),
      messageAttributes: fc.dictionary(name, attribute, { noNullPrototype: true }),
    });
    fc.assert(fc.property(content, (one) => expect(unpack(pack(one))).toEqual(one)));
  });

  test('is unpacked where its redrive says so, and keeps the attribute of its redrive', () => {
    const redrive = redriveOf({ packed: true });
    const packed = record({ redrive, packed: packedOf(pack(CONTENT)) });
    expect(unpacked(packed)).toEqual({
      ...packed,
      body: CONTENT.body,
      messageAttributes: {
        tenant: { dataType: 'String', stringValue: 'shop' },
        picture: { dataType: 'Binary', binaryValue: 'AAEC' },
        blank: { dataType: 'String', stringValue: '' },
        redrive,
      },
    });
  });

  test.each([
    ['was never redriven', {}],
    ['has a redrive that says nothing of it', { redrive: redriveOf({}) }],
    [
      'has an unreadable redrive',
      { redrive: { dataType: 'String' as const, stringValue: 'no JSON' } },
    ],
    ['has a redrive without a text', { redrive: { dataType: 'String' as const } }],
  ])('is left as it is where it %s: producers may use the name', (_, attributes) => {
    const given = record({ ...attributes, packed: packedOf(pack(CONTENT)) });
    expect(unpacked(given)).toBe(given);
  });

  test.each([
    ['is missing', undefined],
    ['is no gzip', Buffer.from('no gzip')],
    ['holds no JSON', gzipSync('no JSON')],
    ['holds other JSON', gzipSync('{"body":1}')],
    ['is larger than any message once it is unpacked', gzipSync(Buffer.alloc(9 * 1_048_576, 32))],
  ])('is rejected where its content %s', (_, bytes) => {
    const redrive = redriveOf({ packed: true });
    const broken = record({ redrive, ...(bytes && { packed: packedOf(bytes) }) });
    expect(() => unpacked(broken)).toThrow(
      expect.objectContaining({
        reason: 'InvalidRedrive',
        message: expect.stringContaining('the attribute packed holds no message'),
      }),
    );
  });
});
