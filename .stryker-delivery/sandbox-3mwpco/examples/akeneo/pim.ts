// @ts-nocheck
import * as z from 'zod';
import { PimProduct } from './to-change.ts';

/** How the PIM is asked (api.akeneo.com: authentication). */
export const PimAccess = z.object({
  url: z.url(),
  clientId: z.string(),
  clientSecret: z.string(),
  username: z.string(),
  password: z.string(),
});
export type PimAccess = z.output<typeof PimAccess>;

const Token = z.object({ access_token: z.string() });

/** The Event Platform waits 5 s for an answer; two requests have to fit. */
const TIMEOUT = 2_000;

/** Asks the PIM for a product: an event holds only what changed, and mostly no guid. */
export async function readProduct(uuid: string, access: PimAccess): Promise<PimProduct> {
  const { url, clientId, clientSecret, username, password } = access;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const token = await ask(`${url}/api/oauth/v1/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'password', username, password }),
  });
  const { access_token } = Token.parse(token);
  const product = await ask(`${url}/api/rest/v1/products-uuid/${encodeURIComponent(uuid)}`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  return PimProduct.parse(product);
}

/** Redirects are refused: they would carry the credentials elsewhere. */
async function ask(url: string, request: RequestInit): Promise<unknown> {
  const signal = AbortSignal.timeout(TIMEOUT);
  const answer = await fetch(url, { ...request, redirect: 'error', signal });
  if (!answer.ok) throw new Error(`the PIM answered HTTP ${answer.status}`);
  return answer.json();
}
