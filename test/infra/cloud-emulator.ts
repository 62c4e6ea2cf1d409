import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = 'moto_server';
/** What the program lacks, in its own language. */
const ADDITIONS = fileURLToPath(new URL('emulator', import.meta.url));
const START_MILLISECONDS = 60_000;

export const REGION = 'us-east-1';
/** The account that the emulator plays. */
export const ACCOUNT = '123456789012';

/** A cloud on this machine that knows CloudFormation, Lambda, S3, SQS and Secrets Manager. */
export interface CloudEmulator extends AsyncDisposable {
  readonly url: string;
  /** What points the AWS SDK and command lines at it, and nowhere else. */
  readonly environment: Readonly<Record<string, string>>;
  /** @returns the answer to a GET, or to a PUT where there is a body; fails unless it is a 2xx */
  readonly request: (service: string, path: string, body?: unknown) => Promise<Response>;
}

/** Whether the emulator's program is on the PATH. */
export function hasCloudEmulator(): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, PROGRAM), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Starts the emulator on a free port of 127.0.0.1; disposing of it ends its process. */
export async function startCloudEmulator(): Promise<CloudEmulator> {
  const child = spawn(PROGRAM, ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PYTHONPATH: ADDITIONS, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  try {
    // Not 127.0.0.1: the CDK's S3 client would put the bucket's name in front of an address.
    const url = `http://localhost:${await portOf(child)}`;
    return {
      url,
      environment: environmentOf(url),
      request: requester(url),
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Reads the port from what the emulator says of itself, and goes on reading, so that it never blocks. */
async function portOf(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('the emulator has no stderr');
  const lines = createInterface({ input: child.stderr });
  const said: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const fail = (why: string) => reject(new Error(`${PROGRAM} ${why}: ${said.join('\n')}`));
  const timer = setTimeout(() => fail('did not start in time'), START_MILLISECONDS);
  child.once('error', (error) => fail(String(error)));
  child.once('exit', () => fail('ended'));
  lines.on('line', (line) => {
    said.push(line);
    const port = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) resolve(port);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

function environmentOf(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}

function requester(url: string): CloudEmulator['request'] {
  return async (service, path, body) => {
    // The emulator reads the service from the signature's scope and does not check the signature.
    const scope = `test/20260101/${REGION}/${service}/aws4_request`;
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'PUT',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
}
