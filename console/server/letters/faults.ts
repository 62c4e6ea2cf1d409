/** A fault of an event: where it is, as the contract writes paths, and what is wrong. */
export interface Fault {
  /** Empty where it is about the whole event. */
  readonly path: string;
  readonly what: string;
}

/** `images[2].title: longer than …`, and what comes before the next such fault. */
const PATH = /^([A-Za-z_$][\w$]*(?:\[\d+\]|\.[A-Za-z_$][\w$]*)*): /;

/** The faults that a rejection's detail lists, one after another. */
export function faultsIn(detail: string): Fault[] {
  return detail
    .split('; ')
    .filter((part) => part !== '')
    .map((part) => {
      const [prefix = '', path = ''] = PATH.exec(part) ?? [];
      return { path, what: part.slice(prefix.length) };
    });
}
