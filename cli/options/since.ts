import { InvalidArgumentError } from 'commander';
import * as z from 'zod';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads an option that says since when: so long ago, or a time.
 *
 * @returns milliseconds since 1970
 * @throws {InvalidArgumentError} which commander prints
 */
export function sinceOf(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return Date.now() - Number(count) * (UNITS[unit] ?? 0);
  const time = z.iso.datetime({ offset: true }).safeParse(text);
  if (time.success) return Date.parse(time.data);
  throw new InvalidArgumentError('Neither 30m, 12h, 7d nor a time like 2026-11-23T10:00:00Z.');
}
