import * as z from 'zod/mini';
import { OptionalTime } from './event-time.ts';
import { imageFields, requireText, type TextLimits } from './image.ts';

/** `id` and `source` of another type are a producer's own affair: unknown fields are ignored. */
const OwnLabel = z.catch(z.optional(z.string().check(z.minLength(1))), undefined);

/** Something that a producer has to say in so many words; left out, or null, it is not said. */
const Permission = z.pipe(
  z.nullish(z.boolean('neither true nor false')),
  z.transform((isGiven) => isGiven ?? false),
);

/** What each of them means is said where the contract is made, scripts/docs/contract/descriptions.ts. */
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

/** Not `z.array`, which makes something of each item: of 350,000 in a message, say. */
const AnyList = z
  .custom<readonly unknown[]>(Array.isArray, NO_LIST)
  .check(z.refine((list) => list.length > 0, EMPTY_LIST));

/**
 * The two forms of a body: as the API takes it, with a list of images, or one image alone. `listed`
 * is the first of them before anybody has looked at its images, which are `image` each: a schema of
 * the whole collects a fault for each of hundreds of thousands.
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
