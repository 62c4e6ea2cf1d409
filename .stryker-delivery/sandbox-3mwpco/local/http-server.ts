// @ts-nocheck
import { once } from 'node:events';
import type { Server } from 'node:http';
import { isIP } from 'node:net';

/** A server of the local system. */
export interface HttpServer {
  /** Its address, `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Lets a server listen on 127.0.0.1 only: nothing here is meant for a network. */
export async function listen(server: Server, port = 0): Promise<HttpServer> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string' || isIP(address.address) === 0) {
    throw new Error('the server listens on no port');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
