/** A whole number, with commas. */
export function count(value = 0): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}

/** Seconds, minutes or hours. @param seconds of it */
export function duration(seconds: number): string {
  if (seconds < 600) return `${seconds.toFixed(0)} s`;
  const hours = seconds / 3_600;
  return hours < 1 ? `${(seconds / 60).toFixed(0)} min` : `${hours.toFixed(1)} h`;
}
