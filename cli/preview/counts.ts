import { plural } from '../terminal/plural.ts';
import type { ImagePreview } from './image-preview.ts';

/** How many images there are of each kind. An image counts twice where two accounts change it, or where only some of its events are rejected. */
export interface Counts extends Record<ImagePreview['outcome'], number> {
  images: number;
  /** Of all images: those whose products are lost, or would be if their events were not rejected. */
  removesProducts: number;
  /** Of all images: those with a text that FinerWorks cuts. */
  cut: number;
  /** Of all images: those with a text that is so long that FinerWorks refuses it. */
  refused: number;
  /** Events that are rejected whatever images they name. */
  rejectedEvents: number;
}

/** Begins to count. */
export function noCounts(): Counts {
  return {
    images: 0,
    changed: 0,
    unchanged: 0,
    unknown: 0,
    rejected: 0,
    removesProducts: 0,
    cut: 0,
    refused: 0,
    rejectedEvents: 0,
  };
}

export function countImage(counts: Counts, { outcome, products, tooLong }: ImagePreview): void {
  counts.images += 1;
  counts[outcome] += 1;
  if (products.length > 0) counts.removesProducts += 1;
  const beyond = Object.values(tooLong).map((length) => length.beyond);
  if (beyond.includes('cut')) counts.cut += 1;
  if (beyond.includes('refused')) counts.refused += 1;
}

/** Whether everything would be as the files want it, and nothing would be lost. */
export function isFine(counts: Counts): boolean {
  const { unknown, rejected, removesProducts, cut, refused, rejectedEvents } = counts;
  return unknown + rejected + removesProducts + cut + refused + rejectedEvents === 0;
}

/** `3 images: 2 changed, 1 unknown; 1 would remove products`, without what there is none of. */
export function renderCounts(counts: Counts): string {
  const outcomes = [
    [counts.changed, 'changed'],
    [counts.unchanged, 'unchanged'],
    [counts.unknown, 'unknown'],
    [counts.rejected, 'would be rejected'],
  ] as const;
  const risks = [
    [counts.removesProducts, 'would remove products'],
    [counts.cut, 'would be cut'],
    [counts.refused, 'would be refused as too long'],
  ] as const;
  const parts = [
    `${plural(counts.images, 'image')}${listed(': ', outcomes)}${listed('; ', risks)}`,
    ...(counts.rejectedEvents === 0
      ? []
      : [`${plural(counts.rejectedEvents, 'event')} would be rejected`]),
  ];
  return parts.join('; ');
}

function listed(before: string, counted: readonly (readonly [number, string])[]): string {
  const some = counted.filter(([count]) => count > 0);
  if (some.length === 0) return '';
  return before + some.map(([count, what]) => `${count.toLocaleString('en')} ${what}`).join(', ');
}
