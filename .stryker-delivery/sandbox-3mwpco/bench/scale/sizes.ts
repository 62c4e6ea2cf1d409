/** What can bound a deployment before FinerWorks does. */
// @ts-nocheck

export const BOUNDS = {
  /** Writes a second that a new on-demand table takes (AWS: DynamoDB, initial throughput). */
  tableWrites: 4_000,
  /** Each image is written before and after its call (docs/ledger.md). */
  writesPerImage: 2,
  /** Messages of a standard queue that can be in flight (AWS: SQS quotas). */
  inFlight: 120_000,
} as const;

/** Who uses it, and how much. */
export interface Size {
  readonly name: string;
  readonly eventsPerDay: number;
  /** Hours of the day in which all of them come. */
  readonly hours: number;
}

export const SMALL_SHOP: Size = { name: 'a small shop', eventsPerDay: 10_000, hours: 4 };
export const LARGE_SHOP: Size = { name: 'a large shop', eventsPerDay: 1_000_000, hours: 6 };
export const MARKETPLACE: Size = { name: 'a marketplace', eventsPerDay: 10_000_000, hours: 8 };
export const SIZES = [SMALL_SHOP, LARGE_SHOP, MARKETPLACE];

/** Images that are all sent at once, after an import. */
export const CATALOGUE = 1_000_000;

export const CONCURRENCIES = [2, 5, 10, 20] as const;
