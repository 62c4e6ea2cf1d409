import type { Settings } from '../setting-fields.ts';

/** What the doctor says about one setting. */
export interface Finding {
  /** Names the rule, so that a warning can be acknowledged. */
  readonly rule: string;
  readonly setting: string;
  /** Why, and what to do, in one line that goes on after the setting's name. */
  readonly message: string;
}

/** One trap: what would go wrong, and how to avoid it. */
export interface Rule<Checked = Settings> {
  readonly name: string;
  readonly setting: keyof Checked & string;
  /** Whether it stops the synthesis or warns. */
  readonly level: 'refuse' | 'warn';
  /** @returns undefined where there is nothing to say */
  readonly check: (settings: Checked) => string | undefined;
}

/** What the doctor says about a queue that the construct did not make. */
export interface QueueFinding {
  readonly rule: string;
  readonly level: 'refuse' | 'warn';
  readonly setting:
    | 'queue'
    | 'deadLetterQueue'
    | 'retryHours'
    | 'queueRetention'
    | 'heartbeatMinutes';
  readonly message: string;
}
