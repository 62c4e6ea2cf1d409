import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { readJson } from '../helpers/json-file.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { testEveryPackage } from './every-package.ts';
import { type InstalledPackage, installPackage, ROOT } from './installed-package.ts';
import { testOnOldNode } from './old-node.ts';
import { typeCheck } from './type-check.ts';

const NAME = 'finerworks-image-updates-producer';
const run = promisify(execFile);

let installed: InstalledPackage;
beforeAll(() => {
  installed = installPackage('producer');
});
afterAll(() => installed[Symbol.dispose]());

testEveryPackage('producer', 'dist/producer/index.js', () => installed);

/** Publishes a change by a program of the user's. @param program loads `createPublisher` */
async function publishBy(node: string, file: string, program: string): Promise<void> {
  await using system = await startTestSystem();
  system.standIn.images.add([guid(1)]);
  const changes = `[{ guid: '${guid(1)}', title: 'packed' }, {}]`;
  writeFileSync(
    join(installed.folder, file),
    `${program}
     createPublisher({ queueUrl: process.env.QUEUE_URL }).publish(${changes})
       .then((results) => console.log(JSON.stringify(results)));`,
  );
  const env = { ...process.env, ...system.environment, QUEUE_URL: system.queues.queueUrl };
  const { stdout } = await run(node, [file], { cwd: installed.folder, env });
  expect(JSON.parse(stdout)).toMatchObject([{ status: 'sent' }, { status: 'invalid' }]);
  system.start();
  await until(() => system.standIn.images.get(guid(1))?.title === 'packed');
}

test('publishes what the function then takes', async () => {
  await publishBy(process.execPath, 'publish.js', `import { createPublisher } from '${NAME}';`);
});

testOnOldNode('publishes on Node 20, from a CommonJS program too', async (node) => {
  await publishBy(node, 'publish.js', `import { createPublisher } from '${NAME}';`);
  await publishBy(node, 'publish.cjs', `const { createPublisher } = require('${NAME}');`);
});

test('has types that say what a change is', () => {
  const program = (change: string) =>
    `import { createPublisher, type PublishResult } from '${NAME}';
     const { publish } = createPublisher({ queueUrl: '' });
     export const results: Promise<PublishResult[]> = publish([${change}]);`;
  const check = (change: string) => typeCheck(installed.folder, 'typed.ts', program(change));
  expect(check("{ guid: 'a', title: 'b' }, { images: [{ guid: 'a', title: null }] }")).toBe('');
  expect(check("{ guid: 'a', title: 7 }")).toMatch(/^typed\.ts\(\d+,\d+\): error TS/);
});

describe('the worked examples', () => {
  const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:image-updates';
  const context = {
    queueArn: QUEUE_ARN,
    eventBusName: 'aws.partner/shopify.com/1830279/test-event-source',
  };

  /** Synthesises an example beside the packed client, with its other modules from this repository. */
  function synthesise(example: string, stack: string): Template {
    const project = join(installed.folder, example);
    cpSync(join(ROOT, 'examples', example), project, { recursive: true });
    const modules = join(project, 'node_modules');
    mkdirSync(modules);
    // By its lock file CDK knows where the project begins.
    writeFileSync(join(project, 'package-lock.json'), '{}');
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      const module = name === NAME ? installed.path : join(ROOT, 'node_modules', name);
      symlinkSync(module, join(modules, name));
    }
    const { stderr, status } = spawnSync(process.execPath, ['app.ts'], {
      cwd: project,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        TMPDIR: installed.folder,
        CDK_OUTDIR: join(project, 'cdk.out'),
        CDK_CONTEXT_JSON: JSON.stringify(context),
      },
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return Template.fromJSON(readJson(join(project, `cdk.out/${stack}.template.json`)));
  }

  test('Shopify’s synthesises, and may send to the one queue', () => {
    const template = synthesise('shopify', 'ShopifyImages');
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
