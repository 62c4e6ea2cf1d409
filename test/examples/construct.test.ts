import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { readJson } from '../helpers/json-file.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NAME = 'finerworks-image-updates';
const folder = mkdtempSync(join(tmpdir(), 'example-'));
beforeAll(install);
afterAll(() => rmSync(folder, { recursive: true }));

const TYPE_CHECK = { module: 'nodenext', target: 'es2024', strict: true, noEmit: true };

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
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
}

test('an app of somebody else synthesises with the packed construct and its own queue', () => {
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

test('its types are checked against those of the package, without a look at the sources', () => {
  const compilerOptions = { ...TYPE_CHECK, types: ['node'], skipLibCheck: true };
  const project = { compilerOptions, include: ['app.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  const check = () => {
    const { stdout } = spawnSync('tsc', ['--project', folder], { cwd: folder, encoding: 'utf8' });
    return stdout;
  };
  expect(check()).toBe('');
  const app = readFileSync(join(folder, 'app.ts'), 'utf8');
  writeFileSync(join(folder, 'app.ts'), app.replace('callsPerSecond: 2', "callsPerSecond: 'fast'"));
  expect(check()).toMatch(/^app\.ts\(\d+,\d+\): error TS2322/);
});
