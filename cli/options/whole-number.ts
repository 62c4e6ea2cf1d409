import { InvalidArgumentError } from 'commander';

/** Reads an option that counts something. @throws {InvalidArgumentError} which commander prints */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Not a whole number.');
  return Number(text);
}
