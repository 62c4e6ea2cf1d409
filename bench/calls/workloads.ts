import { SeededRandom } from '../../simulation/world/random.ts';
import { guidOf } from '../records.ts';

/** Events to be sent, and what should come of them. */
export interface Workload {
  readonly name: string;
  /** In the order of their event times, which is the order of sending. */
  readonly bodies: readonly string[];
  /** Images that FinerWorks knows; updates of others are refused. */
  readonly knownGuids: readonly string[];
  /** The title that each known image should have in the end. */
  readonly finalTitles: ReadonlyMap<string, string>;
  /** Images whose title changes at all. */
  readonly changedImages: number;
  /** Whether there are events of images that FinerWorks does not know. */
  readonly hasUnknownImages: boolean;
  /** Share of calls that are answered 429. */
  readonly throttledShare: number;
}

interface Event {
  readonly guid: string;
  readonly title: string;
  /** Its place in time; the same where it is delivered again. */
  readonly at: number;
}

/** Every event changes another image. */
export function distinct(events: number, throttledShare = 0): Workload {
  const name = throttledShare === 0 ? 'all distinct' : `${percent(throttledShare)} throttled`;
  return workload(name, distinctEvents(events), { throttledShare });
}

/** Events on a twentieth as many images, of which only some change anything. */
export function noisyShop(events: number, changingShare: number): Workload {
  const random = new SeededRandom('noisy shop');
  const guids = Array.from({ length: Math.ceil(events / 20) }, (_, n) => guidOf(n));
  const titles = new Map<string, string>();
  const all = Array.from({ length: events }, (_, n) => {
    const guid = random.pick(guids);
    const isChange = !titles.has(guid) || random.chance(changingShare);
    const title = isChange ? `Title ${n}` : (titles.get(guid) ?? '');
    titles.set(guid, title);
    return { guid, title, at: n };
  });
  return workload(`noisy shop, ${percent(changingShare)} real changes`, all);
}

/** FinerWorks does not know some of the images. */
export function refused(events: number, refusedShare: number): Workload {
  const random = new SeededRandom('refused');
  const all = distinctEvents(events);
  const unknown = random.shuffled(all).slice(0, Math.round(events * refusedShare));
  return workload(`${percent(refusedShare)} refused`, all, { unknown });
}

function distinctEvents(count: number): Event[] {
  return Array.from({ length: count }, (_, n) => ({
    guid: guidOf(n),
    title: `Title ${n}`,
    at: n,
  }));
}

function workload(
  name: string,
  events: readonly Event[],
  {
    unknown = [],
    throttledShare = 0,
  }: { unknown?: readonly Event[]; throttledShare?: number } = {},
): Workload {
  const begin = Date.now() - events.length;
  const bodies = events.map(({ guid, title, at }) =>
    JSON.stringify({ guid, title, id: `event-${at}`, time: new Date(begin + at).toISOString() }),
  );
  const unknownGuids = new Set(unknown.map(({ guid }) => guid));
  const known = events.filter(({ guid }) => !unknownGuids.has(guid));
  const finalTitles = new Map(known.map(({ guid, title }) => [guid, title]));
  return {
    name,
    bodies,
    knownGuids: [...finalTitles.keys()],
    finalTitles,
    changedImages: finalTitles.size,
    hasUnknownImages: unknown.length > 0,
    throttledShare,
  };
}

function percent(share: number): string {
  return `${+(share * 100).toFixed(1)} %`;
}
