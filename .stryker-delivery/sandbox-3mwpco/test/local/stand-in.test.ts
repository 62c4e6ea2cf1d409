// @ts-nocheck
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type StandIn, startStandIn } from '../../local/finerworks/stand-in.ts';
import { guid } from '../helpers/records.ts';

const STANDARD = { web_api_key: 'web-standard', app_key: 'app-standard' };
const ACME = { web_api_key: 'web-acme', app_key: 'app-acme' };

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ keys: STANDARD, keysByAccount: { acme: ACME } });
  standIn.images.add([guid(1)]);
});
afterAll(() => standIn.close());

test.each([
  ['no account, and', null, STANDARD, 200],
  ['no account, but', null, ACME, 400],
  ['an account with a login of its own, and', 'acme', ACME, 200],
  ['an account with a login of its own, but', 'acme', STANDARD, 400],
  ['an account without one, and', 'museum', STANDARD, 200],
  ['an account without one, but', 'museum', ACME, 400],
])('a request for %s with these keys is answered so', async (_what, account, keys, status) => {
  const image = { guid: guid(1), title: 'a' };
  const updated = await fetch(`${standIn.url}/v3/update_images`, {
    method: 'PUT',
    headers: keys,
    body: JSON.stringify({ images: [image], account_key: account }),
  });
  const library = { name: 'inventory', session_id: '12345678', account_key: account };
  const listed = await fetch(`${standIn.url}/v3/list_images`, {
    method: 'POST',
    headers: keys,
    body: JSON.stringify({ library }),
  });
  expect([updated.status, listed.status]).toEqual([status, status]);
});
