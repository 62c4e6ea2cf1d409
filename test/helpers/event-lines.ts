import { guid } from './records.ts';

/** So many events, each of an image of its own, one a line. */
export const eventLines = (count: number, rest: object = {}) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ guid: guid(n), title: `title ${n}`, ...rest }),
  ).join('\n');
