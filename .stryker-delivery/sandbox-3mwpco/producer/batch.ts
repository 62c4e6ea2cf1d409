// @ts-nocheck
import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { MAX_BATCH_BYTES, MAX_ENTRIES } from '../lambda/queue/batch-requests.ts';
import type { ImageChange, ValidEvent } from './event.ts';
import type { Addressing } from './message-group.ts';

/** A change in a batch. */
export interface BatchEntry<Change extends ImageChange> {
  readonly change: Change;
  readonly event: ValidEvent;
  readonly message: SendMessageBatchRequestEntry & { readonly Id: string };
}

/** Changes of different images that are sent together. */
export class Batch<Change extends ImageChange> {
  readonly entries: BatchEntry<Change>[] = [];
  #bytes = 0;
  readonly #guids = new Set<string>();

  /** @param event at most as large as a whole batch */
  hasRoomFor(event: ValidEvent): boolean {
    const bytes = this.#bytes + Buffer.byteLength(event.body);
    return this.entries.length < MAX_ENTRIES && bytes <= MAX_BATCH_BYTES;
  }

  /** Whether a change of one of these images is in it. */
  changesAnyOf(guids: readonly string[]): boolean {
    return guids.some((guid) => this.#guids.has(guid));
  }

  add(change: Change, event: ValidEvent, addressing: Addressing): void {
    const Id = String(this.entries.length);
    const message = { Id, MessageBody: event.body, ...addressing };
    this.entries.push({ change, event, message });
    this.#bytes += Buffer.byteLength(event.body);
    for (const guid of event.guids) this.#guids.add(guid);
  }
}
