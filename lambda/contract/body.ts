import * as z from 'zod';
import { EventTime } from './event-time.ts';
import { imageFields, requireText, type TextLimits } from './image.ts';

/** `id` and `source` of another type are a producer's own affair: unknown fields are ignored. */
const OwnLabel = z.string().min(1).optional().catch(undefined);

/** Something that a producer has to say in so many words; left out, or null, it is not said. */
const Permission = z
  .boolean('neither true nor false')
  .nullish()
  .transform((isGiven) => isGiven ?? false);

const fields = {
  account_key: z
    .string('not a text')
    .nullish()
    .transform((key) => key || null)
    .describe('The account of the images. Absent, null or empty: the one that the keys belong to.'),
  id: OwnLabel.describe('Names the event where no envelope does; else the message id does.'),
  source: OwnLabel.describe('Who sends the event, where no envelope says.'),
  time: EventTime.nullish()
    .transform((time) => time ?? undefined)
    .describe(
      'When it happened, where no envelope says; else when it was sent. Decides what is newest.',
    ),
  force: Permission.describe('Send it even though FinerWorks is known to have the same values.'),
  removeVirtualInventory: Permission.describe(
    'Virtual inventory products of its images may be lost for it.',
  ),
};

/** The two forms of a body: as the API takes it, with a list of images, or one image alone. */
export function bodySchemas(limits: TextLimits) {
  const ofImage = imageFields(limits);
  // Unknown fields are ignored.
  const image = requireText(z.object(ofImage, 'not a JSON object'));
  const list = z.array(image, 'not a list').min(1, 'no image in the list');
  return {
    many: z.object({ ...fields, images: list }),
    single: requireText(z.object({ ...fields, ...ofImage })),
  };
}
