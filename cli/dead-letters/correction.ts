import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { eventTimeOf } from '../../lambda/contract/event-time.ts';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import { FIELDS, type Field } from '../../lambda/contract/fields.ts';
import { Guid, type TextLimits } from '../../lambda/contract/image.ts';
import type { JsonObject } from '../../lambda/contract/json.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { withBody, withTime } from '../events/edit.ts';

/** What `--set` puts into an event, by field. */
export const Correction = z.partialRecord(z.enum(FIELDS), z.string());
export type Correction = z.output<typeof Correction>;

/** Adds `--set`. */
export function addCorrectionOption(command: Command): Command {
  return command.option(
    '--set <field=text>',
    `put another ${FIELDS.join(' or ')} into the event; may stand once for each`,
    collect,
  );
}

/** @throws {InvalidArgumentError} which commander prints */
function collect(text: string, before: Correction | undefined): Correction {
  const [, name, value = ''] = /^(\w+)=([\s\S]*)$/.exec(text) ?? [];
  const field = FIELDS.find((one) => one === name);
  if (field === undefined) throw new InvalidArgumentError(`Not ${FIELDS.join('=… or ')}=….`);
  if (before?.[field] !== undefined) throw new InvalidArgumentError(`${field} stands twice.`);
  return { ...before, [field]: value };
}

/**
 * Puts corrected texts into an event, and the present time: a correction is newer than the event that it
 * corrects, and than all changes in between.
 *
 * @param guids the images that are meant; undefined where the event has only one
 * @param now milliseconds since 1970
 * @throws {RejectedEvent} where the event, corrected, breaks the contract, or it is not clear which
 *   of its images is meant
 */
export function corrected(
  body: string,
  correction: Correction,
  { guids, limits, now }: { guids: readonly string[] | undefined; limits: TextLimits; now: number },
): string {
  return timedNow(
    withBody(body, (inner) => correctBody(inner, correction, guids)),
    { limits, now },
  );
}

/**
 * Puts the present time into an event that was corrected.
 *
 * @param now milliseconds since 1970
 * @throws {RejectedEvent} where the event breaks the contract
 */
export function timedNow(
  body: string,
  { limits, now }: { readonly limits: TextLimits; readonly now: number },
): string {
  const timed = withTime(body, eventTimeOf(now));
  explainingReader(limits)(timed);
  return timed;
}

function correctBody(
  body: JsonObject,
  correction: Correction,
  guids: readonly string[] | undefined,
): JsonObject {
  if (!Array.isArray(body.images)) return { ...body, ...correction };
  const images: unknown[] = body.images;
  if (guids === undefined && images.length > 1) {
    throw new RejectedEvent(
      'InvalidEvent',
      `it has ${images.length} images: say with --guid which of them is meant`,
    );
  }
  return { ...body, images: images.map((image) => correctImage(image, correction, guids)) };
}

const AnyImage = z.looseObject({ guid: Guid });

function correctImage(
  image: unknown,
  correction: { readonly [field in Field]?: string | undefined },
  guids: readonly string[] | undefined,
): unknown {
  const { data } = AnyImage.safeParse(image);
  if (guids !== undefined && (data === undefined || !guids.includes(data.guid))) return image;
  return typeof image === 'object' ? { ...image, ...correction } : image;
}
