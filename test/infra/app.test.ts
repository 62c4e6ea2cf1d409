import { expect, test } from '@jest/globals';
import { inFolder, runApp } from './run-app.ts';

test('says what is wrong with the settings, a line each and no stack trace, and fails', () => {
  inFolder((folder) => {
    const { status, stderr } = runApp({ maxConcurrency: '1', batchsize: '5' }, folder);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^-c maxConcurrency: /),
      expect.stringMatching(/^-c batchsize: is no setting; did you mean batchSize\?$/),
    ]);
  });
});
