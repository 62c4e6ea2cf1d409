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
  const disk = new Disk(folder);
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  disk.loadSqsAndSns(stores.sqsStore, stores.snsStore);
  stores.sqsStore.persistence = disk;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = disk;
  return { stores, close: () => disk.close() };
}

/** How often a message was received, and when first, in milliseconds since 1970. */
type Receives = readonly [count: number, first: number | undefined];

/**
 * fauxqs 2.4.1 forgets how often a message was received when it is released, where its own table forbids that:
 * the request fails, and the message is in no list any more until a restart.
 */
class Disk extends PersistenceManager {
  /** Of messages in flight, by their ids. */
  readonly #receives = new Map<string, Receives>();

  override updateMessageInflight(
    id: string,
    handle: string,
    deadline: number,
    ...receives: Receives
  ): void {
    this.#receives.set(id, receives);
    super.updateMessageInflight(id, handle, deadline, ...receives);
  }

  override updateMessageReady(id: string): void {
    const receives = this.#receives.get(id) ?? [1, undefined];
    this.#receives.delete(id);
    // Without a handle and a deadline it is read back as ready.
    super.updateMessageInflight(id, '', 0, ...receives);
  }

  override deleteMessage(id: string): void {
    this.#receives.delete(id);
    super.deleteMessage(id);
  }
}
