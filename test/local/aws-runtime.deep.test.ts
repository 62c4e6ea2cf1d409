import { expect, test } from '@jest/globals';
import { runJest } from '../helpers/run-jest.ts';
import { installRuntimeClient } from '../helpers/runtime-client.ts';

/** Tests of the bundle in its own process, deep ones too. */
const FILES = [
  '**/test/lambda/handler.test.ts',
  '**/test/local/@(metrics|system|verification).test.ts',
  '**/test/local/@(fair-queue|fifo|frozen|logins|secrecy|system|verification).deep.test.ts',
];
const TITLE = 'the bundle passes its tests on AWS’s own runtime interface client';

const client = installRuntimeClient();
if ('file' in client) {
  test(TITLE, () => testOn(client.file), 600_000);
} else {
  process.stderr.write(
    `\nSKIPPED: the bundle is NOT tested on AWS's own runtime here, since it can't be installed: ${client.why}\n\n`,
  );
  test.skip(`${TITLE} (SKIPPED: it can't be installed)`, () => {});
}

function testOn(runtimeClient: string): void {
  const report = runJest(FILES, { RUNTIME_CLIENT: runtimeClient });
  expect(report).toMatchObject({ success: true, numTotalTestSuites: 11, numPendingTests: 0 });
}
