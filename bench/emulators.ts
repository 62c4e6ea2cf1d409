import { type LocalSystem, startLocalSystem } from '../local/system.ts';

/** Emulators, and a stand-in that knows every image, for processes that are given their records directly. */
export async function startEmulators(): Promise<LocalSystem> {
  const system = await startLocalSystem({
    timeoutSeconds: 120,
    visibilityTimeoutSeconds: 725,
    maxReceiveCount: 200,
    batchSize: 500,
    batchingWindowSeconds: 5,
    maxConcurrency: 2,
  });
  system.standIn.images.acceptAll = true;
  return system;
}
