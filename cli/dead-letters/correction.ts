import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { EventTime } from '../../lambda/contract/event-time.ts';
import type { Field } from '../../lambda/contract/fields.ts';
import { Guid } from '../../lambda/contract/image.ts';
import type { JsonObject } from '../../lambda/contract/json.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { withBody, withTime } from '../events/edit.ts';

const Permission = z
  .enum(['true', 'false'], 'neither true nor false')
  .transform((word) => word === 'true');

/**
 * What `--set` reads, by field: all that the contract has, but for what names the event or its images. An id
 * or a source that changed would hide which event it was.
 */
const SETTABLE = {
  title: z.string(),
  description: z.string(),
  account_key: z.string(),
  removeVirtualInventory: Permission,
  force: Permission,
  time: z.string().pipe(EventTime),
} as const;
const NAMES = Object.keys(SETTABLE);

/** What `--set` puts into an event, by field. */
export const Correction = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  account_key: z.string().optional(),
  removeVirtualInventory: z.boolean().optional(),
  force: z.boolean().optional(),
  time: z.string().optional(),
});
export type Correction = z.output<typeof Correction>;

/** Adds `--set`. */
export function addCorrectionOption(command: Command): Command {
  return command.option(
    '--set <field=value>',
    `put another value into the event: ${NAMES.join(', ')}; may stand once for each`,
    collect,
  );
}

/** @throws {InvalidArgumentError} which commander prints */
function collect(text: string, before: Correction = {}): Correction {
  const [, name = '', value = ''] = /^(\w+)=([\s\S]*)$/.exec(text) ?? [];
  const schema = Object.entries(SETTABLE).find(([field]) => field === name)?.[1];
  if (schema === undefined) throw new InvalidArgumentError(`Not ${NAMES.join('=… or ')}=….`);
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} stands twice.`);
  const { data, error } = schema.safeParse(value);
  if (error) {
    throw new InvalidArgumentError(error.issues.map(({ message }) => message).join('; '));
  }
  return { ...before, [name]: data };
}

/**
 * Puts other values into an event.
 *
 * @param guids the images whose texts are meant; undefined where the event has only one
 * @throws {RejectedEvent} where the event can't be read, or it is not clear which of its images is meant
 */
export function corrected(
  text: string,
  { title, description, time, ...ofEvent }: Correction,
  guids: readonly string[] | undefined,
): string {
  const texts = defined({ title, description });
  const edited = withBody(text, (body) => ({
    ...(Object.keys(texts).length === 0 ? body : withTexts(body, texts, guids)),
    ...defined(ofEvent),
  }));
  return time === undefined ? edited : withTime(edited, time);
}

type Texts = { readonly [field in Field]?: string | undefined };

function withTexts(
  body: JsonObject,
  texts: Texts,
  guids: readonly string[] | undefined,
): JsonObject {
  if (!Array.isArray(body.images)) return { ...body, ...texts };
  const images: unknown[] = body.images;
  if (guids === undefined && images.length > 1) {
    throw new RejectedEvent(
      'InvalidEvent',
      `it has ${images.length} images: say with --guid which of them is meant`,
    );
  }
  return { ...body, images: images.map((image) => withTextsOf(image, texts, guids)) };
}

const AnyImage = z.looseObject({ guid: Guid });

function withTextsOf(image: unknown, texts: Texts, guids: readonly string[] | undefined): unknown {
  const { data } = AnyImage.safeParse(image);
  if (guids !== undefined && (data === undefined || !guids.includes(data.guid))) return image;
  return typeof image === 'object' ? { ...image, ...texts } : image;
}

/** Without what was not said. */
function defined(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
