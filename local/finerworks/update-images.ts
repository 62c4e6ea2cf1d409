import * as z from 'zod';
import { ofEachField } from '../../lambda/contract/fields.ts';
import { Guid } from '../../lambda/contract/image.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { Images } from './images.ts';
import type { Habits, Readings } from './readings.ts';
import { modelState, type Reply, status } from './replies.ts';
import { listedOf, storedText, takenOf, writtenGuid } from './taking.ts';

const UpdateImages = z.object({
  images: z.array(z.object({ guid: z.string(), ...ofEachField(() => z.string().nullish()) })),
  account_key: z.string().nullish(),
});
type Wanted = z.output<typeof UpdateImages>['images'][number];

/** Answers `PUT /v3/update_images`: one verdict for the whole call (docs/finerworks-api.md). */
export function updateImages(body: string, images: Images, { readings }: Habits): Reply {
  const { data, success } = UpdateImages.safeParse(jsonOrUndefined(body));
  const isValid = success && data.images.every(({ guid }) => Guid.safeParse(guid).success);
  if (!isValid) return modelState('update', ['The request body is not valid.']);
  const known = data.images.filter(({ guid }) => isKnown(guid, images, readings));
  if (known.length < data.images.length && !isPassedOver(known, readings)) {
    // Assumed, and not documented: an unknown image fails all.
    return status(400, 'One or more images were not found.');
  }
  const taken = takenOf(known, readings, Math.random);
  for (const image of taken) images.update(Guid.parse(image.guid), textsOf(image, readings));
  const isListing = readings.has('unknown-only-itself') || readings.has('partial-images');
  return isListing ? listing(taken, readings) : status(200);
}

function isKnown(guid: string, images: Images, readings: Readings): boolean {
  return readings.has('guid-case-kept') && guid !== guid.toLowerCase()
    ? false
    : images.get(Guid.parse(guid)) !== undefined;
}

/** Whether an unknown image is no reason to refuse the others. */
function isPassedOver(known: readonly Wanted[], readings: Readings): boolean {
  if (readings.has('unknown-ignored')) return true;
  // An empty list in an answer would say nothing about any image.
  return readings.has('unknown-only-itself') && known.length > 0;
}

function textsOf(image: Wanted, readings: Readings) {
  const omitted = readings.has('blank-omitted') ? '' : undefined;
  return ofEachField((field) => {
    const text = image[field];
    return text == null ? omitted : storedText(field, text, readings);
  });
}

function listing(taken: readonly Wanted[], readings: Readings): Reply {
  const guids = listedOf(taken, readings, Math.random).map(({ guid }) => ({
    guid: writtenGuid(Guid.parse(guid), readings),
  }));
  return { status: 200, body: { ...status(200).body, images: guids } };
}
