import { describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '../helpers/folder.ts';
import { guid } from '../helpers/records.ts';
import { start } from '../helpers/start-local.ts';

describe('npm start', () => {
  test('runs the sample events, accounts for each of them, and says why one is dead', async () => {
    const { code, stdout, stderr } = await start([]);
    expect(code).toBe(0);
    expect(stderr).toContain('Every event has left the queue');
    for (const line of [
      'events',
      'acknowledged',
      'calls',
      'InvalidEvent',
      'images[1].guid: "not-a-guid" is not a UUID',
      'Refused',
    ]) {
      expect(stdout).toContain(line);
    }
  });

  test('does not change real images without being told so', async () => {
    await using folder = await temporaryFolder();
    const keys = await folder.write('keys.json', '{"web_api_key":"a","app_key":"b"}');
    const events = JSON.stringify({ guid: guid(1), title: 'a' });
    const options = ['--api', 'https://a.example', '--keys', keys, '--events', '-'];
    const { code, stderr } = await start(options, events);
    expect(code).toBe(2);
    expect(stderr).toContain('add --yes');
  });
});
