import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { ANSWER_NAMES, type Answer } from '../../webhooks/answers.ts';
import type { WebhookRequest } from '../../webhooks/request.ts';
import { UnavailableError } from '../errors.ts';

/** As long as Shopify waits, twice (shopify.dev: webhooks, HTTPS). Milliseconds. */
const TIMEOUT = 10_000;

/** What a door says became of a request. */
const Body = z.object({ answer: z.enum(ANSWER_NAMES) });

/** What was answered. */
export interface DoorAnswer {
  readonly status: number;
  /** Undefined where it was no door that answered. */
  readonly answer: Answer | undefined;
}

/** @throws {UnavailableError} where nothing answers */
export async function postWebhook(
  url: string,
  { method, headers, body }: WebhookRequest,
): Promise<DoorAnswer> {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  try {
    const answer = await fetch(url, {
      ...{ method, headers: given, body: new Uint8Array(body), redirect: 'error' },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const said = Body.safeParse(jsonOrUndefined(await answer.text()));
    return { status: answer.status, answer: said.data?.answer };
  } catch (error) {
    throw new UnavailableError('Network', `${url} does not answer`, { cause: error });
  }
}
