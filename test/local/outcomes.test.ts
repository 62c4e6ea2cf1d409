import { expect, test } from '@jest/globals';
import { Outcome } from '../../lambda/outcomes/outcome.ts';
import { process as deliver, startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

test('a bus hears what became of each event, as a CloudEvent without its texts', async () => {
  await using system = await startTestSystem({ onOutcome: () => {} });
  const { bus } = system;
  system.standIn.images.add([guid(1)]);
  const heron = { guid: guid(1), title: 'A grey heron' };
  const [applied] = await deliver(system, [
    { ...heron, id: 'event-1', source: 'shop', time: '2026-11-26T10:00:00Z' },
    { heartbeat: 'beat' },
    { guid: guid(9), title: 'No such image', id: 'event-9' },
    '{"title": "No end',
  ]);
  await system.queues.send([
    JSON.stringify({ ...heron, id: 'event-2', time: '2026-11-26T11:00:00Z' }),
    JSON.stringify({ ...heron, title: 'Older', id: 'event-3', time: '2026-11-25T10:00:00Z' }),
  ]);
  await until(() => bus.events.length === 5);

  const told = bus.events.map(({ detail }) => Outcome.parse(detail));
  const nameOf = ({ data: { event } }: Outcome) => event.id ?? 'none';
  const byName = told.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
  expect(byName.map((one) => [nameOf(one), one.type.split('.')[1], one.data.reason])).toEqual([
    ['event-1', 'applied', undefined],
    ['event-2', 'unchanged', undefined],
    ['event-3', 'superseded', undefined],
    ['event-9', 'dead-lettered', 'Refused'],
    ['none', 'dead-lettered', 'NotJson'],
  ]);
  expect(byName[0]).toMatchObject({
    source: '/finerworks-image-updates/local',
    data: {
      event: { source: 'shop', time: '2026-11-26T10:00:00.000000000Z' },
      ...{ messageId: applied, images: 1, guids: [guid(1)], receives: 1 },
    },
  });
  expect(new Set(told.map(({ id }) => id)).size).toBe(5);
  const letters = (await system.queues.deadLetters()).map(({ messageId }) => messageId);
  const named = told.flatMap(({ data }) => data.letterId ?? []);
  expect(named.toSorted()).toEqual(letters.toSorted());
  expect(JSON.stringify(bus.events)).not.toMatch(/heron|Older|No such|No end|local-web-api-key/);
  for (const event of bus.events) {
    expect(event.source).toBe('finerworks-image-updates');
    expect(event['detail-type']).toBe(Outcome.parse(event.detail).type);
  }
});
