import type { Agent } from 'node:http';

/** Closes the connections that no request uses at the moment. */
export function closeIdle(agents: Iterable<Agent>): void {
  for (const { freeSockets } of agents) {
    for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
  }
}
