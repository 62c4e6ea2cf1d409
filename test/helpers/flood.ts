import type { LocalSystem } from '../../local/system.ts';
import { putDeadLetter } from './dead-letters.ts';
import { process as processEvents } from './local-run.ts';
import { guid } from './records.ts';

/** How many events go through, and how many die for each reason. */
export interface FloodSize {
  readonly good: number;
  readonly dead: Readonly<Record<(typeof REASONS)[number], number>>;
}
const REASONS = [
  'Refused',
  'WouldRemoveInventory',
  'InvalidEvent',
  'NotJson',
  'NotAnObject',
  'TimeAhead',
] as const;

/** A flood that fits a test. */
export const FLOOD = {
  good: 150,
  dead: {
    ...{ Refused: 6, WouldRemoveInventory: 12, InvalidEvent: 9 },
    ...{ NotJson: 5, NotAnObject: 3, TimeAhead: 2 },
  },
} as const satisfies FloodSize;

/** 10,000 events, of which 1,000 die. */
export const LARGE_FLOOD = {
  good: 9_000,
  dead: {
    ...{ Refused: 400, WouldRemoveInventory: 250, InvalidEvent: 200 },
    ...{ NotJson: 80, NotAnObject: 40, TimeAhead: 30 },
  },
} as const satisfies FloodSize;

const all = <Value>(count: number, make: (n: number) => Value): Value[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** The images that FinerWorks does not know yet. */
export const unknownIn = ({ dead }: FloodSize) => all(dead.Refused, (n) => guid(20_000 + n));
/** The images with products, which an update would remove. */
export const soldIn = ({ dead }: FloodSize) =>
  all(dead.WouldRemoveInventory, (n) => guid(30_000 + n));

/** Changes of one image, one after another, of which an invocation sends the last; full batches part none of them. */
const CHANGES = 5;
/** Events that are sent together. */
const PART = 2_000;

/**
 * Sends good events, and others that the function has to dead-letter, and waits until all are settled. The
 * refused ones are put where the function would put them: by itself it wants evidence of many hours.
 */
export async function flood(system: LocalSystem, size: FloodSize = FLOOD): Promise<void> {
  const { good, dead } = size;
  const { images } = system.standIn;
  images.home = 'inventory';
  const changed = (n: number) => guid(Math.floor(n / CHANGES));
  images.add(all(good, changed));
  images.add(soldIn(size), { products: ['AP1234P5678'] });
  const events = [
    ...all(good, (n) => ({ guid: changed(n), title: `Poppies ${n}`, source: 'shop-7' })),
    ...soldIn(size).map((one) => ({ guid: one, title: 'Birches', source: 'shop-12' })),
    ...all(dead.InvalidEvent, (n) => ({
      ...{ guid: guid(n), titel: 'Birches', description: 7, source: 'importer' },
    })),
    ...all(dead.NotJson, (n) => `{"guid": "${guid(n)}", "title": "open`),
    ...all(dead.NotAnObject, () => '[]'),
    ...all(dead.TimeAhead, (n) => ({
      ...{ guid: guid(n), title: 'late', time: '2099-01-01T00:00:00Z', source: 'shop-7' },
    })),
  ];
  for (let at = 0; at < events.length; at += PART) {
    await processEvents(system, events.slice(at, at + PART));
  }
  for (const one of unknownIn(size)) {
    await putDeadLetter(system.queues, {
      body: { guid: one, title: 'Harbour at dawn', source: 'shop-7' },
      reason: 'Refused',
      detail: `FinerWorks refused the image ${one} alone`,
    });
  }
}
