const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago something was, in its largest whole unit: `3 hours ago`. @param milliseconds since then */
export function ageOf(milliseconds: number): string {
  const found = UNITS.find(([, length]) => milliseconds >= length);
  if (found === undefined) return 'just now';
  const [unit, length] = found;
  const count = Math.floor(milliseconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
