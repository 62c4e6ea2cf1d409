import { expect, test } from '@jest/globals';
import { withoutImages } from '../../../cli/events/without-images.ts';
import { explainingReader } from '../../../lambda/contract/faults/explaining-reader.ts';
import { guid } from '../../helpers/records.ts';

const readEvent = explainingReader({});
const validOf = (message: object) => {
  const text = JSON.stringify(message);
  return { line: 1, text, event: readEvent(text) };
};

test('an event of several images keeps the others, its id, time and envelope', () => {
  const image = (n: number) => ({
    guid: `{${guid(n).toUpperCase()}}`,
    title: `title ${n}`,
    sku: n,
  });
  const event = (...images: object[]) => ({
    ...{ specversion: '1.0', id: '1', source: '/pim', time: '2026-11-23T10:00:00Z' },
    data: { images, account_key: 'acme', mine: true },
  });
  const rest = withoutImages(validOf(event(image(1), image(2), image(3))), new Set([guid(2)]));
  expect(JSON.parse(rest?.text ?? '')).toEqual(event(image(1), image(3)));
  expect(rest?.event.images.map(({ guid }) => guid)).toEqual([guid(1), guid(3)]);
  expect(rest?.event).toEqual(readEvent(rest?.text ?? ''));
});

test('an image that stands in an event twice is left out twice', () => {
  const images = [
    { guid: guid(1), title: 'a' },
    { guid: guid(2), title: 'b' },
    { guid: guid(1), description: 'c' },
  ];
  const rest = withoutImages(validOf({ images }), new Set([guid(1)]));
  expect(JSON.parse(rest?.text ?? '')).toEqual({ images: [images[1]] });
});

test('an event stays as it stands without such an image, and goes where it has no other', () => {
  const valid = validOf({ guid: guid(1), title: 'a' });
  expect(withoutImages(valid, new Set([guid(2)]))).toBe(valid);
  expect(withoutImages(valid, new Set([guid(1)]))).toBeUndefined();
});
