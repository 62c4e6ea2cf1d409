import { type Delivered, type DoorDependencies, deliver } from './door.ts';
import { Redelivery } from './letter-body.ts';

/**
 * Maps a letter once more, without asking for its signature: that was checked when it was kept. Where it fails again,
 * the letter stays where it is.
 *
 * @throws where the event is none, or the queue does not answer: the letter stays
 */
export async function redeliver(
  event: unknown,
  dependencies: Pick<DoorDependencies, 'source' | 'places' | 'publish' | 'secrets'>,
): Promise<Delivered> {
  const { redeliver: letter } = Redelivery.parse(event);
  if (letter.body === null) {
    const detail =
      'the letter has no body, which was too large or not UTF-8: let its sender send it again';
    return { answer: 'undelivered', fault: { reason: 'InvalidEvent', detail } };
  }
  const { content } = await dependencies.secrets();
  return deliver(
    { headers: letter.headers, body: Buffer.from(letter.body) },
    content,
    dependencies,
  );
}
