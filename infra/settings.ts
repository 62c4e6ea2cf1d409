import type * as z from 'zod';
import { Fields } from './setting-fields.ts';

/** Lambda rejects a visibility time-out below the function's; six times it is advised (AWS: Lambda with SQS, configuring). */
const VISIBILITY_FACTOR = 6;
/** (AWS: SQS quotas, visibility time-out) */
const MAX_VISIBILITY_SECONDS = 43_200;

export const Settings = Fields.superRefine((settings, context) => {
  const fault = (path: keyof Settings, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  if (settings.batchSize > 10 && settings.batchingWindowSeconds < 1) {
    fault(
      'batchingWindowSeconds',
      'must be at least 1 where batchSize is above 10 (AWS: Lambda with SQS, configuring)',
    );
  }
  if (settings.timeoutSeconds * 0.75 <= settings.callTimeoutSeconds) {
    fault(
      'timeoutSeconds',
      'must leave room for a call: a quarter of it is kept for dead letters and the answer to Lambda',
    );
  }
});
export type Settings = z.output<typeof Settings>;

/** The context holds a setting that is unknown or wrong. One line a fault. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from CDK context, before anything is made.
 *
 * @param context every key of the context; those of CDK itself are left alone
 * @throws {SettingsError} with one line for each fault
 */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  // CDK's own keys hold a colon, a slash or an at sign; settings are plain names.
  const given = Object.entries(context).filter(([name]) => /^\w+$/.test(name));
  const parsed = Settings.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `-c ${key}: is no setting; there are ${settingNames().join(', ')}`)
      : [`-c ${String(issue.path[0])}: ${issue.message}`],
  );
  throw new SettingsError(faults.join('\n'));
}

/** Seconds that a record stays hidden while an invocation has it. */
export function visibilityTimeoutSeconds(settings: Settings): number {
  const seconds = VISIBILITY_FACTOR * settings.timeoutSeconds + settings.batchingWindowSeconds;
  return Math.min(MAX_VISIBILITY_SECONDS, seconds);
}

export type SettingName = Exclude<keyof typeof Fields.shape, 'fifo'>;

export function settingNames(): SettingName[] {
  return Fields.keyof().exclude(['fifo']).options;
}
