// @ts-nocheck
import { execFile, execFileSync, spawnSync } from 'node:child_process';
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
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { publint } from 'publint';
import * as z from 'zod';
import { readJson } from './helpers/json-file.ts';
import { startTestSystem, until } from './helpers/local-run.ts';
import { guid } from './helpers/records.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
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

describe('the construct', () => {
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
    writeFileSync(
      join(folder, 'app.ts'),
      app.replace('callsPerSecond: 2', "callsPerSecond: 'fast'"),
    );
    expect(check()).toMatch(/^app\.ts\(\d+,\d+\): error TS2322/);
  });
});

describe('the worked examples', () => {
  const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:image-updates';
  const context = {
    queueArn: QUEUE_ARN,
    eventBusName: 'aws.partner/shopify.com/1830279/test-event-source',
    secretName: 'akeneo/images',
  };

  /** Synthesises an example in a project that has installed the package. */
  function synthesise(example: string, stack: string): Template {
    const project = join(folder, example);
    cpSync(join(ROOT, 'examples', example), project, { recursive: true });
    writeFileSync(join(folder, 'package-lock.json'), '{}');
    const { stderr, status } = spawnSync(process.execPath, ['app.ts'], {
      cwd: project,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        TMPDIR: folder,
        CDK_OUTDIR: join(project, 'cdk.out'),
        CDK_CONTEXT_JSON: JSON.stringify(context),
      },
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return Template.fromJSON(readJson(join(project, `cdk.out/${stack}.template.json`)));
  }

  test.each([
    ['shopify', 'ShopifyImages'],
    ['akeneo', 'AkeneoImages'],
  ])('%s synthesises, and may send to the one queue', (example, stack) => {
    const template = synthesise(example, stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: Match.arrayWith(['sqs:SendMessage']),
            Resource: QUEUE_ARN,
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Environment: { Variables: Match.objectLike({ QUEUE_URL: Match.anyValue() }) },
    });
  });
});

test('the program runs where the package is installed', () => {
  const { bin } = z
    .object({ bin: z.record(z.string(), z.string()) })
    .parse(readJson(join(folder, 'node_modules', NAME, 'package.json')));
  const program = join(folder, 'node_modules', NAME, bin[NAME] ?? 'none');
  expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const { stdout } = spawnSync(process.execPath, [program, '--help'], { encoding: 'utf8' });
  expect(stdout).toContain(`Usage: ${NAME}`);
});

describe('the producer client', () => {
  const alone = join(folder, 'producer');

  beforeAll(() => {
    const modules = join(alone, 'node_modules');
    cpSync(join(folder, 'node_modules', NAME), join(modules, NAME), { recursive: true });
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      // Helpers of the SDK's own have many names; of the function's packages none is there.
      if (/^(@middy|@aws-lambda-powertools|aws-cdk|p-map|esbuild|commander)/.test(name)) continue;
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
    writeFileSync(join(alone, 'package.json'), JSON.stringify({ type: 'module' }));
  });

  test('publishes from its packed form, without what the function depends on', async () => {
    await using system = await startTestSystem();
    system.standIn.images.add([guid(1)]);
    writeFileSync(
      join(alone, 'publish.js'),
      `import { createPublisher } from '${NAME}/producer';
       const { publish } = createPublisher({ queueUrl: process.env.QUEUE_URL });
       console.log(JSON.stringify(await publish([{ guid: '${guid(1)}', title: 'packed' }, {}])));`,
    );
    const env = { ...process.env, ...system.environment, QUEUE_URL: system.queues.queueUrl };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['publish.js'], { cwd: alone, env });
    expect(JSON.parse(stdout)).toMatchObject([{ status: 'sent' }, { status: 'invalid' }]);
    system.start();
    await until(() => system.standIn.images.get(guid(1))?.title === 'packed');
  });

  test('has types that say what a change is', () => {
    const program = (change: string) =>
      `import { createPublisher, type PublishResult } from '${NAME}/producer';
       const { publish } = createPublisher({ queueUrl: '' });
       export const results: Promise<PublishResult[]> = publish([${change}]);`;
    const compilerOptions = { ...TYPE_CHECK, types: ['node'], skipLibCheck: true };
    const project = { compilerOptions, include: ['typed.ts'] };
    writeFileSync(join(alone, 'tsconfig.json'), JSON.stringify(project));
    const check = (change: string) => {
      writeFileSync(join(alone, 'typed.ts'), program(change));
      return spawnSync('tsc', ['--project', alone], { cwd: alone, encoding: 'utf8' }).stdout;
    };
    expect(check("{ guid: 'a', title: 'b' }, { images: [{ guid: 'a', title: null }] }")).toBe('');
    expect(check("{ guid: 'a', title: 7 }")).toMatch(/^typed\.ts\(\d+,\d+\): error TS/);
  });
});

test('publint finds nothing wrong with what is published', async () => {
  const { messages } = await publint({ pkgDir: join(folder, 'node_modules', NAME), strict: true });
  expect(messages).toEqual([]);
});
