import { expect, test } from '@jest/globals';
import { describeWorlds, findVariants } from '../../../simulation/worlds/find-variants.ts';
import { WORLDS } from '../../../simulation/worlds/worlds.ts';

test('a world is found by its name, with all its variants or one', () => {
  expect(findVariants('killer-record', undefined)).toMatchObject([
    { variant: { name: 'reading' } },
    { variant: { name: 'calling' } },
  ]);
  expect(findVariants('killer-record', 'calling')).toMatchObject([
    { variant: { name: 'calling' } },
  ]);
});

test('all worlds are found at once', () => {
  const found = findVariants('all', undefined);
  expect(found).toHaveLength(WORLDS.flatMap(({ variants }) => variants).length);
});

test('what there is not is told, with what there is', () => {
  expect(findVariants('flood', undefined)).toMatch(/no world "flood".*killer-record/);
  expect(findVariants('killer-record', 'slowly')).toMatch(/no variant "slowly".*reading, calling/);
});

test('the help names each of them', () => {
  for (const { name } of WORLDS) expect(describeWorlds()).toContain(name);
});
