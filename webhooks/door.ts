import { isUtf8 } from 'node:buffer';
import { parseJson } from '../lambda/contract/json.ts';
import { RejectedEvent } from '../lambda/contract/rejected-event.ts';
import { errorName } from '../lambda/general/error-name.ts';
import { MAX_BATCH_BYTES } from '../lambda/queue/batch-requests.ts';
import type { ImageChange } from '../producer/event.ts';
import type { Publisher } from '../producer/publisher.ts';
import type { Answer } from './answers.ts';
import { type Fault, faultOf } from './letter.ts';
import type { Places } from './mapping/places.ts';
import type { WebhookRequest } from './request.ts';
import type { Sender } from './senders.ts';
import type { SigningSecrets } from './signing-secrets.ts';
import { type Mapped, type Source, SourceUnavailable } from './sources/source.ts';

/** Larger ones are no product. A letter could not hold them either (AWS: SQS quotas, messages). */
export const MAX_BODY_BYTES = 1_048_576;

/** More than the envelope of an event takes beside its change. */
const ENVELOPE_BYTES = 1_024;

/** What a door works with. */
export interface DoorDependencies {
  readonly sender: Sender;
  readonly source: Source;
  readonly places: Places;
  /** @throws {KeysError} where there are none */
  readonly secrets: () => Promise<SigningSecrets>;
  readonly publish: Publisher['publish'];
  /** Keeps a delivery that could not be mapped. */
  readonly keep: (request: WebhookRequest, fault: Fault) => Promise<void>;
  /** Says why the sender is to send again. */
  readonly onUnavailable: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What became of a delivery that may be trusted. */
export type Delivered =
  | { readonly answer: 'published' | 'ignored' | 'without-guid' }
  | { readonly answer: 'undelivered'; readonly fault: Fault };

/** Takes one request: checks its signature, maps it, publishes it. Never rejects. */
export async function answerTo(
  request: WebhookRequest,
  dependencies: DoorDependencies,
): Promise<Answer> {
  const { sender, source, secrets, keep, onUnavailable, now } = dependencies;
  const { method } = request;
  if (method === 'HEAD' || method === 'GET' || source.isPing?.(request) === true) return 'ping';
  if (method !== 'POST') return 'refused';
  try {
    const { signing, content } = await secrets();
    if (!sender.signer.isSigned(request, signing, now())) return 'unsigned';
    const delivered = await deliver(request, content, dependencies);
    if (delivered.answer === 'undelivered') await keep(request, delivered.fault);
    return delivered.answer;
  } catch (error) {
    onUnavailable(error);
    return 'unavailable';
  }
}

/**
 * Maps and publishes what a sender has signed.
 *
 * @throws where the queue, or something else that has to be asked, does not answer
 */
export async function deliver(
  { headers, body }: Pick<WebhookRequest, 'headers' | 'body'>,
  secret: SigningSecrets['content'],
  { source, places, publish }: Pick<DoorDependencies, 'source' | 'places' | 'publish'>,
): Promise<Delivered> {
  const mapped = await mapOrFault({ headers, body }, secret, { source, places });
  if (mapped.kind === 'fault') return { answer: 'undelivered', fault: mapped.fault };
  return mapped.kind === 'changes' ? publishAll(mapped.changes, publish) : { answer: mapped.kind };
}

async function mapOrFault(
  { headers, body }: Pick<WebhookRequest, 'headers' | 'body'>,
  secret: SigningSecrets['content'],
  { source, places }: Pick<DoorDependencies, 'source' | 'places'>,
): Promise<Mapped | { readonly kind: 'fault'; readonly fault: Fault }> {
  try {
    const mapped = await source.map({ headers, body: jsonIn(body) }, { places, secret });
    if (mapped.kind === 'changes') refuseTooLarge(mapped.changes);
    return mapped;
  } catch (error) {
    if (error instanceof SourceUnavailable) throw error;
    // A defect of the mapping is no fault of the sender's either.
    const fault: Fault =
      error instanceof RejectedEvent
        ? faultOf(error)
        : { reason: 'InvalidEvent', detail: `the mapping failed: ${errorName(error)}` };
    return { kind: 'fault', fault };
  }
}

/** @throws {RejectedEvent} where the body is too large or no JSON */
function jsonIn(body: Buffer) {
  const size = body.byteLength;
  if (size > MAX_BODY_BYTES) {
    throw new RejectedEvent('InvalidEvent', `the body has ${size} bytes, more than 1 MiB`);
  }
  if (!isUtf8(body)) throw new RejectedEvent('NotJson', 'the body: is not UTF-8');
  return parseJson(body.toString('utf8'));
}

/** @throws {RejectedEvent} where the queue would not take an event, however often it came */
function refuseTooLarge(changes: readonly ImageChange[]): void {
  for (const change of changes) {
    const size = Buffer.byteLength(JSON.stringify(change)) + ENVELOPE_BYTES;
    if (size <= MAX_BATCH_BYTES) continue;
    throw new RejectedEvent('InvalidEvent', `its event has ${size} bytes, more than SQS takes`);
  }
}

async function publishAll(
  changes: readonly ImageChange[],
  publish: Publisher['publish'],
): Promise<Delivered> {
  const results = await publish(changes);
  const failed = results.find(({ status }) => status === 'failed');
  if (failed?.status === 'failed') {
    throw new SourceUnavailable(`the queue did not take an event: ${failed.cause}`);
  }
  const invalid = results.find(({ status }) => status === 'invalid');
  if (invalid?.status !== 'invalid') return { answer: 'published' };
  const { reason, detail } = invalid;
  return { answer: 'undelivered', fault: { reason, detail } };
}
