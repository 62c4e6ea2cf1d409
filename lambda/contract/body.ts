import * as z from 'zod/mini';
import { OptionalTime } from './event-time.ts';
import { imageFields, requireText, type TextLimits } from './image.ts';

/** `id` and `source` of another type are a producer's own fields: they are ignored like unknown ones. */
const OwnLabel = z.catch(z.optional(z.string().check(z.minLength(1))), undefined);

/** Something that only `true` allows; left out, or null, it is not allowed. */
const Permission = z.pipe(
  z.nullish(z.boolean('neither true nor false')),
  z.transform((isGiven) => isGiven ?? false),
);

/** Their descriptions are in scripts/docs/contract/descriptions.ts. */
const fields = {
  account_key: z.pipe(
    z.nullish(z.string('not a text')),
    z.transform((key) => key || null),
  ),
  id: OwnLabel,
  source: OwnLabel,
  time: OptionalTime,
  force: Permission,
  removeVirtualInventory: Permission,
};

const NO_LIST = 'not a list';
const EMPTY_LIST = 'no image in the list';

/** Not `z.array`, which makes an object of each item: a message can hold 350,000. */
const AnyList = z
  .custom<readonly unknown[]>(Array.isArray, NO_LIST)
  .check(z.refine((list) => list.length > 0, EMPTY_LIST));

/**
 * The two forms of a body: as the API takes it, with a list of images, or one image alone. `listed`
 * is the first form without its images; `image` reads each of these. A schema of the whole would
 * collect a fault for each of hundreds of thousands.
 */
export function bodySchemas(limits: TextLimits) {
  const ofImage = imageFields(limits);
  // Unknown fields are ignored.
  const image = requireText(z.object(ofImage, 'not a JSON object'));
  const list = z.array(image, NO_LIST).check(z.minLength(1, EMPTY_LIST));
  return {
    image,
    listed: z.object({ ...fields, images: AnyList }),
    many: z.object({ ...fields, images: list }),
    single: requireText(z.object({ ...fields, ...ofImage })),
  };
}
