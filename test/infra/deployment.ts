import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { Sandbox } from '../../local/lambda/sandbox.ts';
import { sqsEvent } from '../helpers/records.ts';
import { ACCOUNT, type CloudEmulator, REGION } from './cloud-emulator.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
const COMMAND_MILLISECONDS = 90_000;

const DeployedFunction = z.object({
  Configuration: z.object({
    FunctionName: z.string(),
    Version: z.string(),
    CodeSha256: z.string(),
    Handler: z.string(),
    Timeout: z.number(),
    Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
  }),
  Code: z.object({ Location: z.url() }),
});
export type DeployedFunction = z.output<typeof DeployedFunction>;

const Mappings = z.object({
  EventSourceMappings: z.array(
    z.object({
      UUID: z.string(),
      EventSourceArn: z.string(),
      BatchSize: z.number(),
      FunctionResponseTypes: z.array(z.string()),
    }),
  ),
});
export type Mapping = z.output<typeof Mappings>['EventSourceMappings'][number];

/** The settings of a stack, as `-c` gives them. */
export type GivenSettings = Readonly<Record<string, string>>;

/** Runs the real command line: `cdk bootstrap`, once an account and region. */
export async function bootstrap(
  emulator: CloudEmulator,
  folder: string,
  settings: GivenSettings,
): Promise<void> {
  await cdk(emulator, folder, settings, 'bootstrap', `aws://${ACCOUNT}/${REGION}`);
}

/** Runs the real command line: `cdk deploy` with these settings, the first time. */
export async function deploy(
  emulator: CloudEmulator,
  folder: string,
  settings: GivenSettings,
): Promise<void> {
  await cdk(emulator, folder, settings, 'deploy', '--require-approval', 'never');
}

/**
 * Runs `cdk deploy` on a stack that is there, past two gaps of the emulator: it makes no second change
 * set of a name, and keeps no default of a parameter.
 */
export async function update(
  emulator: CloudEmulator,
  folder: string,
  settings: GivenSettings,
): Promise<void> {
  const past = ['--method', 'direct', '--no-previous-parameters'];
  await cdk(emulator, folder, settings, 'deploy', '--require-approval', 'never', ...past);
}

/**
 * Runs the real command line: `cdk import` of what an earlier stack left behind.
 *
 * @param mapping by logical id, what names the resource
 */
export async function importKept(
  emulator: CloudEmulator,
  folder: string,
  settings: GivenSettings,
  mapping: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<void> {
  const file = join(folder, 'kept.json');
  await writeFile(file, JSON.stringify(mapping));
  await cdk(emulator, folder, settings, 'import', '--resource-mapping', file);
}

/** Runs the real command line: `cdk destroy`, without being asked. */
export async function destroy(
  emulator: CloudEmulator,
  folder: string,
  settings: GivenSettings,
): Promise<void> {
  await cdk(emulator, folder, settings, 'destroy', '--force');
}

/** Runs the real command line: `cdk diff` with the deployed stack. @returns what it says */
export async function difference(
  emulator: CloudEmulator,
  folder: string,
  settings: GivenSettings,
): Promise<string> {
  // By a change set it would compare what the emulator has no notion of.
  return cdk(emulator, folder, settings, 'diff', '--method', 'template');
}

async function cdk(
  emulator: CloudEmulator,
  folder: string,
  settings: GivenSettings,
  ...parts: string[]
): Promise<string> {
  const context = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { stdout, stderr } = await run(
    process.execPath,
    [CDK, ...parts, ...context, '--output', join(folder, 'cdk.out')],
    {
      cwd: ROOT,
      timeout: COMMAND_MILLISECONDS,
      env: {
        ...emulator.environment,
        PATH: process.env.PATH,
        // Nothing of this user's AWS settings, caches and context; and everything goes with the folder.
        HOME: folder,
        TMPDIR: folder,
        CDK_DISABLE_CLI_TELEMETRY: 'true',
      },
    },
  );
  return `${stdout}${stderr}`;
}

/** Reads the one function back. @param qualifier a version or an alias, instead of the newest state */
export async function deployedFunction(
  emulator: CloudEmulator,
  qualifier = '$LATEST',
): Promise<DeployedFunction> {
  const listed = z
    .object({ Functions: z.tuple([z.object({ FunctionName: z.string() })]) })
    .parse(await (await emulator.request('lambda', '/2015-03-31/functions/')).json());
  return functionNamed(emulator, listed.Functions[0].FunctionName, qualifier);
}

/** Reads a function back by its name. */
export async function functionNamed(
  emulator: CloudEmulator,
  name: string,
  qualifier = '$LATEST',
): Promise<DeployedFunction> {
  const path = `/2015-03-31/functions/${name}?Qualifier=${encodeURIComponent(qualifier)}`;
  return DeployedFunction.parse(await (await emulator.request('lambda', path)).json());
}

/**
 * Fetches the very code that the function was deployed with, which its hash proves.
 *
 * @returns the path of its unpacked module
 */
async function deployedModule(
  emulator: CloudEmulator,
  { Configuration, Code }: DeployedFunction,
  folder: string,
): Promise<string> {
  // The emulator's address of the code leads nowhere; its last part is the key in CDK's bucket.
  const key = new URL(Code.Location).pathname;
  const bucket = `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;
  const zip = await (await emulator.request('s3', `/${bucket}${key}`)).bytes();
  const hash = createHash('sha256').update(zip).digest('base64');
  if (hash !== Configuration.CodeSha256) throw new Error('the code is not what was deployed');
  const file = join(folder, 'code.zip');
  await writeFile(file, zip);
  // Python is there, since the emulator is written in it; Node unpacks no such archive.
  await run('python3', ['-m', 'zipfile', '-e', file, join(folder, 'code')]);
  return join(folder, 'code', `${Configuration.Handler.split('.')[0]}.mjs`);
}

/** Invokes what was deployed, as it was deployed, with records. */
export function invokeDeployed(
  emulator: CloudEmulator,
  deployed: DeployedFunction,
  records: readonly SQSRecord[],
  folder: string,
  runtimeClient: string | undefined,
): Promise<unknown> {
  return invokeWith(sqsEvent(...records), emulator, deployed, folder, runtimeClient);
}

/**
 * The same with any event.
 *
 * @param runtimeClient AWS's own, where it is installed
 * @returns its answer
 */
export async function invokeWith(
  event: unknown,
  emulator: CloudEmulator,
  deployed: DeployedFunction,
  folder: string,
  runtimeClient: string | undefined,
): Promise<unknown> {
  const { Environment, FunctionName, Timeout } = deployed.Configuration;
  const lines: string[] = [];
  const sandbox = new Sandbox({
    bundle: await deployedModule(emulator, deployed, folder),
    // As deployed; the rest is what Lambda itself adds.
    environment: {
      ...Environment.Variables,
      ...emulator.environment,
      AWS_LAMBDA_FUNCTION_NAME: FunctionName,
    },
    timeoutSeconds: Timeout,
    runtimeClient,
    onLine: (line) => lines.push(line),
  });
  try {
    return JSON.parse(await sandbox.invoke(event));
  } catch (cause) {
    throw new Error(`the deployed function wrote: ${lines.join('\n')}`, { cause });
  } finally {
    await sandbox.kill();
  }
}

/** Reads the event source mappings, and disables them: the emulator would start containers. */
export async function takeOverMappings(emulator: CloudEmulator): Promise<readonly Mapping[]> {
  const path = '/2015-03-31/event-source-mappings/';
  const answer = await emulator.request('lambda', path);
  const { EventSourceMappings } = Mappings.parse(await answer.json());
  for (const { UUID } of EventSourceMappings) {
    await emulator.request('lambda', `${path}${UUID}`, { Enabled: false });
  }
  return EventSourceMappings;
}
