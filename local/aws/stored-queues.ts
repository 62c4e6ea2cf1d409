// By their paths, because the package does not export them; npm puts direct dependencies there.

import { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js';
import { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
import { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
import { SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';

/**
 * Stores for the emulator of SQS that keep queues and messages in a folder, as its own `startFauxqs` does:
 * `buildApp`, which can be extended, has no setting for it.
 */
export function storedQueues(folder: string) {
  const disk = new PersistenceManager(folder);
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  disk.loadSqsAndSns(stores.sqsStore, stores.snsStore);
  stores.sqsStore.persistence = disk;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = disk;
  return { stores, close: () => disk.close() };
}
