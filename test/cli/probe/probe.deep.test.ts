import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Probed } from '../../../infra/doctor/probed.ts';
import { LOCAL_KEYS } from '../../../local/system.ts';
import { cli, startCli } from '../../helpers/cli.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { startTestSystem } from '../../helpers/local-run.ts';

test('the examples of the help do what they say', async () => {
  await using system = await startTestSystem();
  Object.assign(process.env, system.environment, system.functionEnvironment);
  await using folder = await temporaryFolder();
  await folder.write('keys.json', JSON.stringify(LOCAL_KEYS));
  const { stdout } = await cli(['probe', '--help']);
  const lines = stdout.match(/(?<=^ {2}finerworks-image-updates ).*$/gm) ?? [];
  expect(lines).toHaveLength(3);
  const guids = stdout.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
  system.standIn.images.add(guids, { library: 'inventory', title: 'a', description: 'b' });
  for (const line of lines) {
    // Of this machine, quickly, and without a terminal to ask at.
    const argv = line.replace(/https:\S+/, system.standIn.url).split(' ');
    if (line.includes('--write')) argv.push('--yes');
    const environment = { ...system.environment, ...system.functionEnvironment };
    const { ended } = startCli([...argv, '--calls-per-second', '1000'], environment, folder.path);
    const { code, stderr } = await ended;
    const said = stderr
      .replace(/^on this machine, queue \S+\n/, '')
      .replace(/^As they are now:\n(\{.*\}\n){2}/, '');
    expect([line, code, said]).toEqual([line, 0, '']);
  }
  const kept = readFileSync(folder.at('image-updates.probe.json'), 'utf8');
  expect(Probed.parse(JSON.parse(kept)).facts.many).toBe('all');
});
