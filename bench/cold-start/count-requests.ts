import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Of every request that a server of this process gets (Node: diagnostics_channel, built-in channels). */
const CHANNEL = 'http.server.request.start';

/** Counts requests until it is disposed of, at the sockets of all servers of this process. */
export function countRequests(): Disposable & { readonly count: number } {
  const requests = { count: 0 };
  const count = () => {
    requests.count += 1;
  };
  subscribe(CHANNEL, count);
  return Object.assign(requests, { [Symbol.dispose]: () => unsubscribe(CHANNEL, count) });
}
