import { InvalidArgumentError } from 'commander';

/** Reads an option's value: a whole number above 0. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}
