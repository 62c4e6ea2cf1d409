import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { ENTRY_FILE } from '../../infra/bundle.ts';
import { VARIABLES } from '../../lambda/variables.ts';
import { Sandbox } from '../../local/lambda/sandbox.ts';
import { startTestSystem } from '../helpers/local-run.ts';
import { startMuteProxy } from '../helpers/mute-proxy.ts';
import { guid, sqsEvent, sqsRecord } from '../helpers/records.ts';
import { sharedBundle } from '../helpers/shared-bundle.ts';

const titled = (n: number, title: string, sentTimestamp: number) =>
  sqsRecord({ body: { guid: guid(n), title }, sentTimestamp });

test('a sandbox whose connections died while it was frozen goes on with new ones', async () => {
  await using system = await startTestSystem();
  system.standIn.images.acceptAll = true;
  await using ledger = await startMuteProxy(system.ledger.url);
  await using finerworks = await startMuteProxy(system.standIn.url);
  const sandbox = new Sandbox({
    bundle: join(sharedBundle(), ENTRY_FILE),
    runtimeClient: env.RUNTIME_CLIENT,
    environment: {
      ...system.environment,
      ...system.functionEnvironment,
      AWS_ENDPOINT_URL_DYNAMODB: ledger.url,
      [VARIABLES.apiUrl]: finerworks.url,
    },
    timeoutSeconds: 60,
    onLine: () => {},
  });
  try {
    // Many images, for many connections.
    const first = Array.from({ length: 50 }, (_, n) => titled(n, 'first', Date.now()));
    expect(JSON.parse(await sandbox.invoke(sqsEvent(...first)))).toEqual({ batchItemFailures: [] });
    sandbox.freeze();
    ledger.mute();
    finerworks.mute();
    await sleep(20_500);
    sandbox.thaw();
    const second = await sandbox.invoke(sqsEvent(titled(1, 'second', Date.now())));
    expect(JSON.parse(second)).toEqual({ batchItemFailures: [] });
    expect(system.standIn.images.get(guid(1))?.title).toBe('second');
  } finally {
    await sandbox.kill();
  }
});
