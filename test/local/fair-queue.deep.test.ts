import { expect, test } from '@jest/globals';
import { process, startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

test('the groups of a fair queue reach FinerWorks as any message does, and stay on dead letters', async () => {
  await using system = await startTestSystem();
  const { queues, standIn } = system;
  standIn.images.add([guid(1), guid(2)]);
  await queues.send(
    [JSON.stringify({ guid: guid(1), title: 'a' }), '{"title": "no guid"}'],
    'acme',
  );
  await process(system, [{ guid: guid(2), title: 'b' }, { title: 'no guid, and no group' }]);
  await until(async () => (await queues.deadLetters()).length === 2);
  expect([1, 2].map((n) => standIn.images.get(guid(n))?.title)).toEqual(['a', 'b']);
  const groups = (await queues.deadLetters()).map(({ messageGroupId }) => messageGroupId);
  expect(groups).toHaveLength(2);
  expect(groups).toEqual(expect.arrayContaining(['acme', undefined]));
});
