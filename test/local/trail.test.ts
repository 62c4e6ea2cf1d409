import { expect, test } from '@jest/globals';
import type { TrailRecord } from '../../lambda/trail/read-trail.ts';
import type { LocalSystem } from '../../local/system.ts';
import { process as deliver, startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { trailOf } from '../helpers/trail.ts';

/** Sends one more event to a system that runs, and waits until it has left the queue. */
async function further({ queues }: LocalSystem, event: unknown): Promise<void> {
  await queues.send([typeof event === 'string' ? event : JSON.stringify(event)]);
  await until(async () => (await queues.depth()) === 0);
}

test('each event has an entry for each time that it was decided, and no text of it', async () => {
  await using system = await startTestSystem();
  system.standIn.images.add([guid(1), guid(2), guid(3)]);
  const heron = {
    guid: guid(1),
    title: 'A grey heron',
    id: 'event-1',
    time: '2026-11-26T10:00:00Z',
  };
  const unknown = { guid: guid(9), title: 'No such image', id: 'event-4' };
  const sent = [{ ...heron, source: 'shop' }, { heartbeat: 'beat' }, unknown];
  const [, , rejected] = await deliver(system, sent);
  await further(system, { ...heron, id: 'event-2', time: '2026-11-26T11:00:00Z' });
  const old = { ...heron, title: 'Older', time: '2026-11-25T11:00:00Z' };
  await further(system, { ...old, id: 'event-3' });
  await further(system, 'no JSON');

  const entries = await trailOf(system);
  const nameOf = ({ id }: TrailRecord) => id ?? 'none';
  const byName = entries.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
  expect(byName).toMatchObject([
    { id: 'event-1', source: 'shop', verdict: 'applied', images: 1, guids: [guid(1)], receives: 1 },
    { id: 'event-2', verdict: 'unchanged' },
    { id: 'event-3', verdict: 'superseded' },
    { id: 'event-4', verdict: 'dead-lettered', reason: 'Refused', messageId: rejected },
    { verdict: 'dead-lettered', reason: 'NotJson', images: 0, guids: [] },
  ]);
  const letters = await system.queues.deadLetters();
  expect(new Set(entries.flatMap(({ letterId }) => letterId ?? []))).toEqual(
    new Set(letters.map(({ messageId }) => messageId)),
  );
  expect(JSON.stringify(entries)).not.toMatch(/heron|Older|No such image|local-web-api-key/);
});
