import type { Invocation } from '../aws/invocation.ts';
import type { Library } from '../finerworks/library.ts';
import type { WireCall, WireImage } from '../finerworks/wire.ts';
import { type ValueBook, valueIn, valuesOf } from './value-book.ts';
import type { Report } from './violation.ts';

/**
 * Whether a call of one image sends nothing but what looks of its invocation showed, and at least one value that
 * nobody wants: a control, to see whether FinerWorks takes an image as it is.
 */
export function isControl(call: WireCall, { looks, records }: Invocation): boolean {
  if (call.images.length > 1) return false;
  const shown = looks.flatMap((look) => look.shown ?? []);
  const values = call.images.flatMap((image) =>
    valuesOf(image).map((value) => ({ ...value, guid: image.guid })),
  );
  return (
    values.every(({ guid, field, value }) =>
      shown.some((image) => image.guid === guid && image[field] === value),
    ) &&
    values.some(
      ({ guid, field, value }) =>
        !records.some(({ message: { event } }) => valueIn(event, guid, field) === value),
    )
  );
}

/**
 * A control is written: it must change nothing, unless somebody else wrote since its look.
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
