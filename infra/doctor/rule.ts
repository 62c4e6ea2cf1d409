import type { Settings } from '../setting-fields.ts';

/** What the doctor has to say of one setting. */
export interface Finding {
  /** Names the rule, so that a warning can be acknowledged. */
  readonly rule: string;
  readonly setting: keyof Settings;
  /** Why, and what to do, in one line that goes on after the setting's name. */
  readonly message: string;
}

/** One trap: what would go wrong, and how to keep out of it. */
export interface Rule {
  readonly name: string;
  readonly setting: keyof Settings;
  /** Whether nothing is made, or somebody is told. */
  readonly level: 'refuse' | 'warn';
  /** @returns undefined where there is nothing to say */
  readonly check: (settings: Settings) => string | undefined;
}

/** What the doctor has to say of a queue that was not made by the construct. */
export interface QueueFinding {
  readonly rule: string;
  readonly level: 'refuse' | 'warn';
  readonly setting: 'queue' | 'deadLetterQueue' | 'retryHours' | 'retentionHours';
  readonly message: string;
}
