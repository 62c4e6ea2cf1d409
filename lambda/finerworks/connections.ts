import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

/** The connections of `fetch`, with which nothing but FinerWorks is called. */
const sockets = new Set<Socket>();

// Node exports no agent of `fetch`, but tells of its connections (undici: diagnostics channel).
subscribe('undici:client:connected', (message) => {
  if (typeof message !== 'object' || message === null || !('socket' in message)) return;
  const { socket } = message;
  if (!(socket instanceof Socket)) return;
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

/** Closes all connections to FinerWorks; for a time when no request is under way. */
export function closeFinerworksConnections(): void {
  for (const socket of sockets) socket.destroy();
}
