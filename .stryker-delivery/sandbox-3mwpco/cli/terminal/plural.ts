/** `1 event`, `2,000 events`. */
// @ts-nocheck

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
