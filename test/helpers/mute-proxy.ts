import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server on which connections die as they do at a gateway. */
export interface MuteProxy extends AsyncDisposable {
  readonly url: string;
  /** How many connections were made. */
  readonly connections: () => number;
  /** Nothing passes any more through the connections that there are, and neither side is told. */
  readonly mute: () => void;
}

/** Starts a proxy of connections, before a server on 127.0.0.1. */
export async function startMuteProxy(target: string): Promise<MuteProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let made = 0;
  const server = createServer((near) => {
    made += 1;
    const far = connect(Number(new URL(target).port), '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    near.pipe(far).pipe(near);
    for (const socket of pair) socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    connections: () => made,
    mute: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far).resume();
        far.unpipe(near).resume();
      }
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      await closed;
    },
  };
}
