import { createHash } from 'node:crypto';

/** Whether a queue is FIFO, by its name, its URL or its ARN: only FIFO names end so (AWS: CreateQueue). */
export function isFifo(queue: string): boolean {
  return queue.endsWith('.fifo');
}

/** A text for a group or for deduplication: SQS takes letters, digits and punctuation, 128 at most. */
export function sqsIdOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
