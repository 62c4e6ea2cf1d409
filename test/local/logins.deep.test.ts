import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { LOCAL_KEYS, LOGINS_SECRET_ID, type LocalSystem } from '../../local/system.ts';
import { process, startTestSystem, until, updatesOf } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const setOf = (name: string) => ({ web_api_key: `web-${name}`, app_key: `app-${name}` });
const PATTERN = { functionSettings: { keysByAccount: 'finerworks/keys/{account}' } };

const Body = z.object({ account_key: z.string().nullable() });

/** By which key each update went, by the account that it named. */
function keysUsed(system: LocalSystem) {
  return updatesOf(system).map(({ body, headers }) => [
    Body.parse(jsonOrUndefined(body)).account_key,
    headers.web_api_key,
  ]);
}

const changeOf = (n: number, account?: string) => ({
  guid: guid(n),
  title: `title ${n}`,
  ...(account !== undefined && { account_key: account }),
});

describe.each(['a map', 'a secret for each account'])('with %s', (way) => {
  /** A system in which acme has a login of its own. */
  async function started() {
    const isMap = way === 'a map';
    const system = await startTestSystem(
      isMap ? { keysByAccount: { acme: setOf('acme') } } : PATTERN,
    );
    const put = (keys: ReturnType<typeof setOf>) => {
      const [secret, content] = isMap
        ? [LOGINS_SECRET_ID, { acme: keys }]
        : ['finerworks/keys/acme', keys];
      system.secrets.put(secret, JSON.stringify(content));
      system.standIn.keysByAccount.set('acme', keys);
    };
    put(setOf('acme'));
    system.standIn.images.add([1, 2, 3, 4].map(guid));
    return { system, put };
  }

  test('each account is called with its own keys, and the others with the default set', async () => {
    const begun = await started();
    await using system = begun.system;
    await process(system, [changeOf(1, 'acme'), changeOf(2, 'museum'), changeOf(3)]);
    expect([1, 2, 3].map((n) => system.standIn.images.get(guid(n))?.title)).toEqual(
      [1, 2, 3].map((n) => `title ${n}`),
    );
    expect(keysUsed(system).toSorted()).toEqual(
      [
        ['acme', 'web-acme'],
        ['museum', LOCAL_KEYS.web_api_key],
        [null, LOCAL_KEYS.web_api_key],
      ].toSorted(),
    );
  });

  test('a rotated set is read again when it is refused, and no event comes back', async () => {
    const begun = await started();
    await using system = begun.system;
    await process(system, [changeOf(1, 'acme')]);
    begun.put(setOf('acme-2'));
    await system.queues.send([JSON.stringify(changeOf(2, 'acme'))]);
    await until(() => system.standIn.images.get(guid(2))?.title === 'title 2');
    expect(system.tally.returns).toBe(0);
  });
});

test('a secret that holds no keys brings back the events of its account, and of no other', async () => {
  const lines: string[] = [];
  await using system = await startTestSystem({ ...PATTERN, onLine: (line) => lines.push(line) });
  system.standIn.images.add([1, 2, 3].map(guid));
  system.secrets.put('finerworks/keys/broken', '{"web_api_key": "SECRET"}');
  await system.queues.send(
    [changeOf(1, 'broken'), changeOf(2, 'museum'), changeOf(3)].map((change) =>
      JSON.stringify(change),
    ),
  );
  system.start();
  await until(() => system.tally.returns === 1 && system.tally.deletedIds.size === 2);
  expect([1, 2, 3].map((n) => system.standIn.images.get(guid(n))?.title)).toEqual([
    '',
    'title 2',
    'title 3',
  ]);
  const told = lines.filter((line) => line.includes('BadKeys')).join();
  expect(told).toContain('The secret finerworks/keys/broken must hold');
  expect(lines.join()).not.toContain('SECRET');
});
