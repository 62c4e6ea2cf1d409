import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { readJson } from '../helpers/json-file.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NAME = 'finerworks-image-updates';
const folder = mkdtempSync(join(tmpdir(), 'example-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Packs the package as it would be published, and unpacks it among the modules of the example. */
function install(): void {
  const modules = join(folder, 'node_modules');
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: ROOT, stdio: 'pipe' });
  mkdirSync(join(modules, NAME), { recursive: true });
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const unpack = ['-xzf', join(folder, tarball), '--strip-components=1'];
  execFileSync('tar', [...unpack, '-C', join(modules, NAME)]);
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  cpSync(join(ROOT, 'examples/construct/app.ts'), join(folder, 'app.ts'));
}

test('an app of somebody else synthesises with the packed construct and its own queue', () => {
  install();
  const { stderr, status } = spawnSync(process.execPath, ['app.ts'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TMPDIR: folder, CDK_OUTDIR: join(folder, 'cdk.out') },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const template = Template.fromJSON(readJson(join(folder, 'cdk.out/Shop.template.json')));
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ImageEvents'), 'Arn'] },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 60,
    Handler: 'index.handler',
  });
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'on-call@example.com' });
});
