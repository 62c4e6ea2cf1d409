import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { errorCode } from '../error-code.ts';
import { BusyError } from '../errors.ts';

/**
 * Holds files for this process, so that no other on this machine sends one of them at the same time.
 *
 * A file is held by listening at an address made of its path. The system frees that when the process ends,
 * in whatever way. A lock file would outlive it, and its process id could belong to another process.
 *
 * @throws {BusyError} where another process holds one; then none is held
 */
export async function holdFiles(names: readonly string[]): Promise<AsyncDisposable> {
  const held = new Map<string, Server>();
  const release = async () => {
    await Promise.all([...held.values()].map((server) => server[Symbol.asyncDispose]()));
  };
  try {
    for (const name of names) {
      const address = addressOf(await pathOf(name));
      if (!held.has(address)) held.set(address, await hold(address, name));
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { [Symbol.asyncDispose]: release };
}

/**
 * Where a file's holder listens: Linux and Windows have names for this that are no files; elsewhere a
 * socket is a file, which a process that is killed leaves.
 */
export function addressOf(path: string, platform = process.platform): string {
  const name = `finerworks-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  if (platform === 'linux') return `\0${name}`;
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

/** @param name what the user calls the file that is to be held */
export async function hold(address: string, name: string): Promise<Server> {
  const server = (await listening(address)) ?? (await takeOver(address));
  if (server !== undefined) return server;
  throw new BusyError(`${name}: another process is sending it; nothing was sent by this one`);
}

/** @returns undefined where a process still listens there */
async function takeOver(address: string): Promise<Server | undefined> {
  if (await isAnswered(address)) return undefined;
  if (!address.startsWith('\0')) await rm(address, { force: true });
  return listening(address);
}

async function listening(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy()).unref();
  try {
    server.listen(address);
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function isAnswered(address: string): Promise<boolean> {
  const socket = connect(address);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** The one path of a file, by whatever name it is given. A missing file is reported when it is read. */
async function pathOf(name: string): Promise<string> {
  try {
    return await realpath(name);
  } catch {
    return resolve(name);
  }
}
