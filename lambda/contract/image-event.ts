import * as z from 'zod';
import { type EventFacts, unwrap } from './envelopes.ts';
import { EventTime } from './event-time.ts';
import { faultsOf } from './faults.ts';
import { type Image, imageSchema, type TextLimits } from './image.ts';
import { formatPath, parseJson } from './json.ts';
import { RejectedEvent } from './rejected-event.ts';

/** A valid event: which images it changes, for which account, and what it says of itself. */
export interface ImageEvent extends EventFacts {
  /** `null` is the account that the keys belong to. */
  readonly account: string | null;
  /** Send it even though FinerWorks is known to have the same values. */
  readonly force: boolean;
  /** Virtual inventory products of its images may be lost for it. */
  readonly removeVirtualInventory: boolean;
  /** One entry a guid. */
  readonly images: readonly Image[];
}

/** Reads a message's body to a valid event. */
export type ReadEvent = (body: string) => ImageEvent;

/**
 * Makes the reader of the contract: plain bodies exactly as the API takes them, one image alone,
 * and both inside CloudEvents, EventBridge and SNS envelopes.
 *
 * One bad image rejects its whole event: half an event applied would be a state that no producer
 * ever asked for. The reader throws {@link RejectedEvent} and nothing else for what it is given.
 */
export function eventReader(limits: TextLimits): ReadEvent {
  const image = imageSchema(limits);
  const list = z.array(image, 'not a list').min(1, 'no image in the list');
  const many = z.object({ ...bodyFields, images: list });
  const single = z.intersection(z.object(bodyFields), image);

  return (text) => {
    const { body, path, envelope, transport } = unwrap(parseJson(text));
    const hasList = body.images !== undefined && body.images !== null;
    if (!hasList && !Object.hasOwn(body, 'guid')) {
      const where = formatPath(path);
      throw new RejectedEvent(
        'InvalidEvent',
        `${where === '' ? 'the body' : where}: neither images nor guid`,
      );
    }
    const parsed = (hasList ? many : single).safeParse(body);
    if (!parsed.success) throw new RejectedEvent('InvalidEvent', faultsOf(parsed.error, path));
    const { account_key: account, id, source, time, ...rest } = parsed.data;
    const { force, removeVirtualInventory } = rest;
    return {
      id: envelope.id ?? id ?? transport.id,
      source: envelope.source ?? source ?? transport.source,
      time: envelope.time ?? time ?? transport.time,
      account,
      force,
      removeVirtualInventory,
      images: mergeRepeated('images' in rest ? rest.images : [rest], path),
    };
  };
}

/** `id` and `source` of another type are a producer's own affair: unknown fields are ignored. */
const OwnLabel = z.string().min(1).optional().catch(undefined);

/** Something that a producer has to say in so many words; left out, or null, it is not said. */
const Permission = z
  .boolean('neither true nor false')
  .nullish()
  .transform((isGiven) => isGiven ?? false);

const bodyFields = {
  /** Absent, null and empty are the same account, as the API's page has it. */
  account_key: z
    .string('not a text')
    .nullish()
    .transform((key) => key || null),
  id: OwnLabel,
  source: OwnLabel,
  time: EventTime.nullish().transform((time) => time ?? undefined),
  force: Permission,
  removeVirtualInventory: Permission,
};

/** Makes one of a guid that stands in the list more than once, or rejects the contradiction. */
function mergeRepeated(images: readonly Image[], path: readonly string[]): Image[] {
  const merged = new Map<string, Image & { at: number }>();
  const conflicts: string[] = [];
  for (const [at, { guid, title, description }] of images.entries()) {
    const first = merged.get(guid);
    const given = { title, description };
    for (const field of ['title', 'description'] as const) {
      const before = first?.[field];
      if (before === undefined || given[field] === undefined || before === given[field]) continue;
      const where = formatPath([...path, 'images', at, field]);
      conflicts.push(`${where}: differs from images[${first?.at}] of the same guid`);
    }
    merged.set(guid, {
      guid,
      title: first?.title ?? title,
      description: first?.description ?? description,
      at: first?.at ?? at,
    });
  }
  if (conflicts.length > 0) throw new RejectedEvent('ConflictingImages', conflicts.join('; '));
  return [...merged.values()].map(({ at: _, ...image }) => image);
}
