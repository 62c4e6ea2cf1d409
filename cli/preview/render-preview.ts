import { FIELDS } from '../../lambda/contract/fields.ts';
import { plural } from '../terminal/plural.ts';
import { shownDifference, shownText } from './difference.ts';
import type { FieldPreview, ImagePreview } from './image-preview.ts';

/** SKUs that are shown, as many as a dead letter names. */
const MAX_SKUS = 20;

const SAID: Readonly<Record<ImagePreview['outcome'], string>> = {
  changed: 'changed',
  unchanged: 'unchanged',
  unknown: 'unknown: the library does not list it, so it is sent without a comparison',
  rejected: 'would be rejected as WouldRemoveInventory',
};

/** Whether there is anything to report about an image. */
export function isShown({ outcome, products }: ImagePreview): boolean {
  return outcome !== 'unchanged' || products.length > 0;
}

/** What would happen to an image, for people. */
export function renderPreview(preview: ImagePreview): string {
  const { guid, account, outcome, fields, products, tooLong } = preview;
  const whose = account === null ? '' : ` (account ${account})`;
  const lines = FIELDS.flatMap((field) => {
    const shown = fields[field];
    return shown === undefined ? [] : [`  ${field.padEnd(12)} ${renderField(shown)}`];
  });
  const cuts = FIELDS.flatMap((field) => {
    const length = tooLong[field];
    if (length === undefined) return [];
    const { most, beyond } = length;
    return `  would be ${beyond}: ${field}, ${fields[field]?.to.length ?? 0} characters of at most ${most}`;
  });
  const lost = products.length === 0 ? [] : [`  would remove ${renderProducts(products)}`];
  return [`${guid}${whose}: ${SAID[outcome]}`, ...lines, ...cuts, ...lost].join('\n');
}

function renderField({ from, to }: FieldPreview): string {
  if (from === undefined) return `→ ${shownText(to)}`;
  const [before, after] = shownDifference(from, to);
  return `${before} → ${after}`;
}

function renderProducts(skus: readonly string[]): string {
  const more = skus.length > MAX_SKUS ? ` and ${skus.length - MAX_SKUS} more` : '';
  return `${plural(skus.length, 'product')}: ${skus.slice(0, MAX_SKUS).join(', ')}${more}`;
}
