// @ts-nocheck
import { InvalidArgumentError } from 'commander';

/** Reads an option that counts something. @throws {InvalidArgumentError} which commander tells */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Not a whole number.');
  return Number(text);
}
