import { once } from 'node:events';
import { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { errorCode } from '../../cli/error-code.ts';
import { UsageError } from '../../cli/errors.ts';
import type { TargetOptions } from '../../cli/options/target-options.ts';
import { type Terminal, write } from '../../cli/terminal/terminal.ts';
import { actionLog } from './action-log.ts';
import { createApp } from './app.ts';
import { SentFiles } from './files/sent-files.ts';
import { Managed } from './managed.ts';
import type { Page } from './page-files.ts';
import { Replays } from './replay/replays.ts';
import { Sessions } from './security/session.ts';

/** What the console shows, and how. */
export interface ConsoleOptions {
  /** Of each deployment. */
  readonly targets: readonly TargetOptions[];
  readonly isReadOnly: boolean;
  /** 0 for a free one. */
  readonly port: number;
  readonly page: Page;
  /** Where journals of sent files stay. */
  readonly folder: string;
  readonly terminal: Terminal;
}

/** A console that runs. */
export interface RunningConsole extends AsyncDisposable {
  /** Without a token: nothing opens with it alone. */
  readonly origin: string;
  /** An address that is good for one browser, and once. */
  readonly address: () => string;
}

/**
 * Starts the console on 127.0.0.1. When it is disposed of, a replay that is under way ends after the
 * letters that it holds, and so does the sending of a file: its journal tells how far it came.
 *
 * @throws {UsageError} where the port is taken
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const { targets, isReadOnly, port, page, folder, terminal } = options;
  const stop = new AbortController();
  const deployments = targets.map((target, at) => {
    const managed = new Managed(String(at), target, terminal);
    const sentFiles = new SentFiles(folder, stop.signal);
    return { managed, replays: new Replays(managed, stop.signal), sentFiles };
  });
  let origin = '';
  const addressOf = (token: string) => `${origin}/?token=${token}`;
  const sessions = new Sessions((token) => {
    write(terminal.stderr, `For another browser: ${addressOf(token)}\n`);
  });
  let hosts: ReadonlySet<string> = new Set();
  const app = createApp({
    ...{ deployments, isReadOnly, page, sessions },
    log: actionLog(terminal),
    hosts: () => hosts,
    onDefect: (error) => write(terminal.stderr, `${error.stack}\n`),
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  const actual = await listen(server, port);
  origin = `http://127.0.0.1:${actual}`;
  hosts = new Set([`127.0.0.1:${actual}`, `localhost:${actual}`]);
  return {
    origin,
    address: () => addressOf(sessions.token),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      const closed = once(server, 'close');
      server.close();
      await Promise.all(
        deployments.flatMap(({ replays, sentFiles }) => [replays.ended(), sentFiles.ended()]),
      );
      if (server instanceof Server) server.closeAllConnections();
      await closed;
    },
  };
}

/** @returns the port */
async function listen(
  server: ReturnType<typeof createAdaptorServer>,
  port: number,
): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`--port ${port}: can't be listened on (${code})`, { cause: error });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('listens on no port');
  return address.port;
}
