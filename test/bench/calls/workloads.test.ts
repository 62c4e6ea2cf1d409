import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { distinct, noisyShop, refused, type Workload } from '../../../bench/calls/workloads.ts';

const Event = z.object({ guid: z.string(), title: z.string(), id: z.string(), time: z.string() });
const eventsOf = ({ bodies }: Workload) => bodies.map((body) => Event.parse(JSON.parse(body)));

describe('a workload', () => {
  test.each([distinct(1_000), noisyShop(1_000, 0.05), refused(1_000, 0.005)])(
    '$name has as many events as asked for, and the newest of each image is its final title',
    (workload) => {
      const events = eventsOf(workload);
      expect(events).toHaveLength(1_000);
      const byTime = events.toSorted((a, b) => (a.time < b.time ? -1 : 1));
      const known = new Set(workload.knownGuids);
      const newest = new Map(
        byTime.filter(({ guid }) => known.has(guid)).map(({ guid, title }) => [guid, title]),
      );
      expect(newest).toEqual(workload.finalTitles);
    },
  );

  test('of a noisy shop has far fewer values than events', () => {
    const events = eventsOf(noisyShop(1_000, 0.05));
    const values = new Set(events.map(({ guid, title }) => `${guid} ${title}`));
    expect(values.size).toBeLessThan(200);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1_000);
  });

  test('of refusals leaves out the images that FinerWorks does not know', () => {
    const workload = refused(1_000, 0.005);
    expect(workload.knownGuids).toHaveLength(995);
  });
});
