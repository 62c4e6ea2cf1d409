import { guid } from './records.ts';

/** So many changes of titles of so many images in turn, a millisecond apart. */
export const titles = (count: number, images: number) =>
  Array.from({ length: count }, (_, n) => ({
    guid: guid(n % images),
    title: `title ${n}`,
    time: new Date(Date.parse('2024-11-23T10:00:00Z') + n).toISOString(),
  }));
