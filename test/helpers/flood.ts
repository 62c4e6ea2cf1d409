import type { LocalSystem } from '../../local/system.ts';
import { putDeadLetter } from './dead-letters.ts';
import { process as processEvents } from './local-run.ts';
import { guid } from './records.ts';

/** How many events die for each reason. */
export const FLOOD = {
  Refused: 6,
  WouldRemoveInventory: 12,
  InvalidEvent: 9,
  NotJson: 5,
  NotAnObject: 3,
  TimeAhead: 2,
} as const satisfies Record<string, number>;

const GOOD = 150;

/** The images that FinerWorks does not know yet. */
export const UNKNOWN = Array.from({ length: FLOOD.Refused }, (_, n) => guid(900 + n));

/**
 * Sends good events, and others that the function has to dead-letter, and waits until all are settled. The
 * refused ones are put where the function would put them: by itself it wants evidence of many hours.
 */
export async function flood(system: LocalSystem): Promise<void> {
  const { images } = system.standIn;
  images.home = 'inventory';
  images.add(Array.from({ length: GOOD }, (_, n) => guid(n)));
  const sold = Array.from({ length: FLOOD.WouldRemoveInventory }, (_, n) => guid(500 + n));
  images.add(sold, { products: ['AP1234P5678'] });
  const all = (count: number, make: (n: number) => unknown) =>
    Array.from({ length: count }, (_, n) => make(n));
  await processEvents(system, [
    ...all(GOOD, (n) => ({ guid: guid(n), title: `Poppies ${n}` })),
    ...sold.map((one) => ({ guid: one, title: 'Birches' })),
    ...all(FLOOD.InvalidEvent, (n) => ({ guid: guid(n), titel: 'Birches', description: 7 })),
    ...all(FLOOD.NotJson, (n) => `{"guid": "${guid(n)}", "title": "open`),
    ...all(FLOOD.NotAnObject, () => '[]'),
    ...all(FLOOD.TimeAhead, (n) => ({
      guid: guid(n),
      title: 'late',
      time: '2099-01-01T00:00:00Z',
    })),
  ]);
  for (const one of UNKNOWN) {
    await putDeadLetter(system.queues, {
      body: { guid: one, title: 'Harbour at dawn' },
      reason: 'Refused',
      detail: `FinerWorks refused the image ${one} alone`,
    });
  }
}
