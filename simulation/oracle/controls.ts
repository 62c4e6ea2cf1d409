import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord } from '../finerworks/call-record.ts';
import type { Library } from '../finerworks/library.ts';
import { valuesOf, type WireCall, type WireImage } from '../finerworks/wire.ts';
import { type ValueBook, valueIn } from './value-book.ts';
import type { Report } from './violation.ts';

/**
 * Whether a call of one image, which was refused, sends only what lists of its invocation showed since,
 * and at least one value that no event wants: a control, to see whether FinerWorks takes an image as it
 * is. The same call that was refused before is the same update once more.
 */
export function isControl(call: WireCall, { lists, records, calls }: Invocation): boolean {
  const [image, ...others] = call.images;
  if (image === undefined || others.length > 0) return false;
  const refusals = calls.filter(
    (before) => before.call.account === call.account && isRefusalOf(image, before),
  );
  const last = refusals.at(-1);
  if (last === undefined || refusals.some((before) => isSame(image, before))) return false;
  const { answeredAt = last.at } = last;
  const shown = lists.flatMap((list) => (list.at >= answeredAt ? (list.shown ?? []) : []));
  const values = call.images.flatMap((image) =>
    valuesOf(image).map((value) => ({ ...value, guid: image.guid })),
  );
  return (
    values.every(({ guid, field, value }) =>
      shown.some((image) => image.guid === guid && image[field] === value),
    ) &&
    values.some(
      ({ guid, field, value }) =>
        !records.some(
          ({ message: { event } }) =>
            event.account === call.account && valueIn(event, guid, field) === value,
        ),
    )
  );
}

/** Whether a call before was refused with the image in it, or left it out. */
function isRefusalOf(
  { guid }: WireImage,
  { call, meaning, confirmed = [], claimed = [] }: CallRecord,
): boolean {
  const isIn = (images: readonly WireImage[]) => images.some((image) => image.guid === guid);
  if (!isIn(call.images)) return false;
  return meaning === 'refused' || (meaning === 'applied' && !isIn([...confirmed, ...claimed]));
}

/** Whether a call before held the same values of an image, asked for or sent along. */
function isSame(image: WireImage, { call, standing }: CallRecord): boolean {
  const before = call.images.filter(({ guid }) => guid === image.guid).flatMap(valuesOf);
  const alongside = standing.filter(({ guid }) => guid === image.guid);
  const namesOf = (values: readonly { readonly key: string; readonly value: string }[]) =>
    new Set(values.map(({ key, value }) => `${key} ${value}`));
  const [sent, now] = [namesOf([...before, ...alongside]), namesOf(valuesOf(image))];
  return sent.symmetricDifference(now).size === 0;
}

/**
 * A control is written: it must change nothing, unless somebody else wrote since its list.
 *
 * @param library as it is before
 */
export function checkControl(
  images: readonly WireImage[],
  { name, startedAt }: Invocation,
  library: Library,
  values: ValueBook,
  report: Report,
): void {
  const same = new Set(library.upToDate(images));
  for (const image of images.filter((candidate) => !same.has(candidate))) {
    for (const { key } of valuesOf(image)) {
      values.spoil(key);
      if ((library.writtenAt(key) ?? 0) < startedAt) report('InventedValue', `${name}: ${key}`);
    }
  }
}
