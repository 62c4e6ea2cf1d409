import { type EachField, FIELDS, type Field, ofEachField } from '../../lambda/contract/fields.ts';
import type { CallVerdict } from '../../lambda/finerworks/classify.ts';
import type { ShownImage } from './library.ts';
import { detailOf, NotSeen } from './not-seen.ts';

/** What a call sets of an image. Null is sent as it is. */
export interface Wanted extends Partial<Texts> {
  readonly guid: string;
}

/** Texts of an image as a list shows them. */
export type Texts = EachField<string | null>;

/** The answer to a call, and what the list showed before and after it. */
export interface Written {
  readonly answer:
    | { readonly kind: 'success'; readonly listed: ReadonlySet<string> | undefined }
    | { readonly kind: 'refused'; readonly detail: string };
  readonly before: ReadonlyMap<string, Texts>;
  readonly after: ReadonlyMap<string, Texts>;
}

/** Answers that say more about the host than about what was sent. */
const OF_THE_HOST = new Set(['Network', 'Timeout', 'Throttled', 'BadKeys', 'Redirected']);
/** Whether a list shows anything else than it did. */
export function hasChanged(
  before: ReadonlyMap<string, Texts>,
  after: ReadonlyMap<string, Texts>,
): boolean {
  return [...after].some(([guid, texts]) => !isSame(before.get(guid), texts));
}

/** FinerWorks may show a text that is empty as one that is not there. */
export function isSame(one: Texts | undefined, other: Texts | undefined): boolean {
  return FIELDS.every((field) => isSameText(one, other, field));
}

/** The same of one field. */
export function isSameText(
  one: Texts | undefined,
  other: Texts | undefined,
  field: Field,
): boolean {
  return (one?.[field] ?? '') === (other?.[field] ?? '');
}

/** @throws {NotSeen} where the texts could not be put back */
export function textsOf(image: ShownImage): Texts {
  return ofEachField((field) => {
    const text = image[field];
    if (text !== undefined) return text;
    throw new NotSeen(`${image.guid} is listed without its ${field}`);
  });
}

/** @throws {NotSeen} where the answer says nothing about what was sent */
export function answerOf(verdict: CallVerdict): Written['answer'] {
  if (verdict.kind === 'applied') return { kind: 'success', listed: verdict.listed };
  if (verdict.kind === 'retry' && OF_THE_HOST.has(verdict.reason)) {
    throw new NotSeen(`update_images: ${detailOf(verdict)}`);
  }
  return { kind: 'refused', detail: detailOf(verdict) };
}
