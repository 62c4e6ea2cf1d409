import { randomUUID } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DeadLetter, toDeadLetter } from '../../../cli/dead-letters/dead-letter.ts';
import { redeliverLetters } from '../../../cli/webhooks/redeliver-letters.ts';
import type { HttpServer } from '../../../local/http-server.ts';
import { letterOf, messageOf } from '../../../webhooks/letter.ts';
import { serve } from '../../helpers/http-server.ts';
import { signedRequest } from '../../helpers/webhooks.ts';

const FAULT = { reason: 'InvalidEvent', detail: 'no text' } as const;

/** A letter of a door, as it is read from its queue. */
function letter(source: 'shopify' | 'woocommerce' = 'shopify'): DeadLetter {
  const context = { source, requestId: 'r', now: Date.now() } as const;
  const { MessageBody, MessageAttributes } = messageOf(
    letterOf(signedRequest(source), context),
    FAULT,
    context,
  );
  return toDeadLetter({
    ...{ MessageId: randomUUID(), ReceiptHandle: 'h', Body: MessageBody, MessageAttributes },
    Attributes: { SentTimestamp: String(context.now), ApproximateReceiveCount: '1' },
  });
}

describe('letters of doors', () => {
  let lambda: LambdaClient;
  let server: HttpServer & AsyncDisposable;
  /** What the door answers, one after another. */
  let answers: { status?: number; error?: boolean; body: string }[];
  let deleted: string[];
  beforeEach(async () => {
    [answers, deleted] = [[], []];
    server = await serve((_request, response) => {
      const { status = 200, error = false, body } = answers.shift() ?? { status: 500, body: '{}' };
      response.writeHead(status, error ? { 'x-amz-function-error': 'Unhandled' } : {}).end(body);
    });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    lambda = new LambdaClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
    });
  });
  afterEach(async () => {
    lambda.destroy();
    await server[Symbol.asyncDispose]();
  });

  const redeliver = (letters: DeadLetter[], undeleted = new Map<string, string>()) =>
    redeliverLetters(
      {
        letters: async function* () {
          yield letters;
        },
        delete: async (given) => {
          deleted.push(...given.map(({ messageId }) => messageId));
          return undeleted;
        },
      },
      {
        lambda,
        doorFunctionName: async () => 'Door',
        isMeant: () => true,
        limit: undefined,
      },
    );

  const published = { body: '{"answer":"published"}' };

  test.each([
    ['Lambda refuses', { status: 429, body: '{}' }],
    ['the door fails', { error: true, body: '{"errorMessage":"x"}' }],
    ['the door was killed', { error: true, body: '{"errorMessage":"Task timed out"}' }],
    ['the answer is none of a door', { body: '{"answer":"maybe"}' }],
  ])(
    'stay where they are while %s, and so do those behind them of the same door',
    async (_what, answer) => {
      answers = [published, answer, published];
      const letters = [letter(), letter(), letter(), letter('woocommerce')];
      const { redriven, skipped, unreachable } = await redeliver(letters);
      const taken = [letters[0]?.messageId, letters[3]?.messageId];
      expect(redriven.map(({ messageId }) => messageId)).toEqual(taken);
      expect(deleted).toEqual(taken);
      expect([skipped, unreachable]).toEqual([[], expect.any(Error)]);
    },
  );

  test('are said to be twice where one was published and could not be deleted', async () => {
    answers = [published];
    const one = letter();
    const { redriven, doubled } = await redeliver(
      [one],
      new Map([[one.messageId, 'InternalError']]),
    );
    expect([redriven.length, doubled]).toEqual([
      1,
      [{ messageId: one.messageId, why: 'InternalError' }],
    ]);
  });
});
