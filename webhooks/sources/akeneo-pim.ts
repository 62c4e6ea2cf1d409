import * as z from 'zod/mini';
import type { JsonObject } from '../../lambda/contract/json.ts';
import { SourceUnavailable } from './source.ts';

const Text = z.string().check(z.minLength(1));

/** How the PIM is asked (api.akeneo.com: authentication). */
const PimAccess = z.object({
  /** With or without a slash at its end. */
  url: z.pipe(
    z.url(),
    z.transform((url) => url.replace(/\/+$/, '')),
  ),
  clientId: Text,
  clientSecret: Text,
  username: Text,
  password: Text,
});

const Token = z.object({ access_token: z.string() });

const Value = z.object({
  locale: z.nullable(z.string()),
  scope: z.nullable(z.string()),
});
const Product = z.object({
  values: z.record(z.string(), z.array(z.extend(Value, { data: z.unknown() }))),
});
export type PimValues = z.output<typeof Product>['values'];

/** The Event Platform waits 5 s for an answer (api.akeneo.com: key platform behaviors); two requests have to fit. */
const TIMEOUT = 2_000;

/**
 * Asks the PIM for the values of a product: an event holds only what changed, and mostly no guid.
 *
 * @param secret what the secret of the doors holds, with `akeneoPim`
 * @returns undefined where there is no such product any more
 * @throws {SourceUnavailable}
 */
export async function readPimValues(
  uuid: string,
  { akeneoPim }: JsonObject,
): Promise<PimValues | undefined> {
  const access = PimAccess.safeParse(akeneoPim);
  if (!access.success) {
    throw new SourceUnavailable(
      'the secret must hold "akeneoPim": {"url", "clientId", "clientSecret", "username", "password"}',
    );
  }
  const { url, clientId, clientSecret, username, password } = access.data;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const token = await ask(`${url}/api/oauth/v1/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'password', username, password }),
  });
  const { access_token } = await parsed(Token, token);
  const product = await ask(`${url}/api/rest/v1/products-uuid/${encodeURIComponent(uuid)}`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  return product.status === 404 ? undefined : (await parsed(Product, product)).values;
}

/** Redirects are refused: they would carry the credentials elsewhere. */
async function ask(url: string, request: RequestInit): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    return await fetch(url, { ...request, redirect: 'error', signal });
  } catch (error) {
    throw new SourceUnavailable('the PIM does not answer', { cause: error });
  }
}

async function parsed<Content>(schema: z.ZodMiniType<Content>, answer: Response): Promise<Content> {
  if (!answer.ok) throw new SourceUnavailable(`the PIM answered HTTP ${answer.status}`);
  const content = schema.safeParse(await answer.json().catch(() => undefined));
  if (content.success) return content.data;
  throw new SourceUnavailable('the PIM answered something else than its documents say');
}
