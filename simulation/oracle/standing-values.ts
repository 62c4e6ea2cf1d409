import type { Invocation } from '../aws/invocation.ts';
import type { StandingValue } from '../finerworks/call-record.ts';
import type { Library } from '../finerworks/library.ts';
import { valuesOf, type WireCall, type WireImage } from '../finerworks/wire.ts';
import { isControl } from './controls.ts';
import { wantingInBatch } from './value-book.ts';

/**
 * Takes out of a call what it sends along as its invocation saw it last. What nobody asks for and
 * nothing showed stays in it.
 */
export function withoutStanding(
  wire: WireCall,
  invocation: Invocation,
): { readonly call: WireCall; readonly standing: readonly StandingValue[] } {
  const standing: StandingValue[] = [];
  // A control sends nothing else, and has other rules.
  if (isControl(wire, invocation)) return { call: wire, standing };
  const images = wire.images.map((image) => {
    const values = valuesOf(image);
    const found = values.flatMap(({ key, field, value }) => {
      const wanting = wantingInBatch(invocation.records, image.guid, field, value);
      const isWanted = wanting.some(({ account }) => account === wire.account);
      const seen = isWanted ? undefined : lastSeen(image.guid, field, invocation);
      return seen?.value === value ? [{ key, guid: image.guid, field, ...seen, value }] : [];
    });
    if (found.length === 0 || found.length === values.length) return image;
    standing.push(...found);
    return { ...image, ...Object.fromEntries(found.map(({ field }) => [field, undefined])) };
  });
  return { call: { ...wire, images }, standing };
}

/** What an invocation was shown of a field last, or has set since. */
function lastSeen(
  guid: string,
  field: keyof Omit<WireImage, 'guid'>,
  { lists, calls }: Invocation,
): { readonly value: string | undefined; readonly seenAt: number } | undefined {
  // What an answer says counts here: it may not have been read back yet.
  const set = calls
    .flatMap(({ at, confirmed = [], claimed = [] }) =>
      [...confirmed, ...claimed].map((image) => ({ at, image })),
    )
    .findLast(({ image }) => image.guid === guid && image[field] !== undefined);
  if (set !== undefined) return { value: set.image[field], seenAt: set.at };
  const list = lists.findLast(({ shown = [] }) => shown.some((image) => image.guid === guid));
  const shown = list?.shown?.find((image) => image.guid === guid);
  return list && { value: shown?.[field], seenAt: list.at };
}

/**
 * The values of an image that may only be sent along: FinerWorks has them already, and not another one
 * that goes with them.
 *
 * @returns their guid and field
 */
export function companyIn(image: WireImage, library: Pick<Library, 'has'>): ReadonlySet<string> {
  const values = valuesOf(image);
  const company = values.filter(({ key, value }) => library.has(key, value));
  return new Set(company.length < values.length ? company.map(({ key }) => key) : []);
}
