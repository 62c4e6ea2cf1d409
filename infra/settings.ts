import * as z from 'zod';
import { diagnose } from './doctor/doctor.ts';
import { nearestName } from './nearest-name.ts';
import { Fields, type Settings } from './setting-fields.ts';

/** Lambda rejects a visibility timeout below the function's; six times it is advised (AWS: Lambda with SQS, configuring). */
const VISIBILITY_FACTOR = 6;

/** What the CDK command line itself keeps in the context, under names like a setting's. */
const CLI_NAMES = new Set(['acknowledged-issue-numbers', 'cli-telemetry']);

/** What can stand for a setting: `-c name=` gives an empty text, which a number would take for 0. */
const Given = z.union([z.string().trim().min(1), z.number()]);

const FIFO_REFUSAL =
  'is no setting: the stack makes standard queues, since FIFO brings at most 10 records a batch, and order is by event time anyway; a FIFO queue that exists already is taken by the construct, as its queue';

/** Settings that are right in themselves, and together as far as the doctor refuses anything. */
const CheckedFields = Fields.superRefine((settings, context) => {
  for (const { setting, message } of diagnose(settings, 'refuse')) {
    context.addIssue({ code: 'custom', path: [setting], message });
  }
});

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
  const given = Object.entries(context).filter(([name]) => !isOfCdk(name));
  const malformed = given
    .filter(([name, value]) => name in Fields.shape && !Given.safeParse(value).success)
    .map(([name]) => `-c ${name}: is empty, or neither text nor number`);
  if (malformed.length > 0) throw new SettingsError(malformed.join('\n'));

  return checkSettings(Object.fromEntries(given), '-c ');
}

/**
 * Checks settings, each in itself and together, and fills in what is not given.
 *
 * @param prefix written before a setting's name in a fault
 * @throws {SettingsError} with one line for each fault
 */
export function checkSettings(given: Readonly<Record<string, unknown>>, prefix = ''): Settings {
  const parsed = CheckedFields.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => `${prefix}${name}: ${refusalOf(name, given[name])}`)
      : [`${prefix}${String(issue.path[0])}: ${issue.message}`],
  );
  throw new SettingsError([...new Set(faults)].join('\n'));
}

/** Names of CDK's feature flags, of what its command line passes and of what it looked up. */
function isOfCdk(name: string): boolean {
  return /^@|[:/]/.test(name) || CLI_NAMES.has(name);
}

function refusalOf(name: string, value: unknown): string {
  if (/fifo/i.test(`${name} ${String(value)}`)) return FIFO_REFUSAL;
  const meant = nearestName(name, settingNames());
  return `is no setting; ${meant === undefined ? `there are ${settingNames().join(', ')}` : `did you mean ${meant}?`}`;
}

/**
 * Seconds that a record stays hidden while an invocation has it: 5,700 at most, of the 43,200 that
 * SQS takes.
 *
 * @param isFifo a FIFO queue knows no batching window
 */
export function visibilityTimeoutSeconds(settings: Settings, isFifo = false): number {
  const window = isFifo ? 0 : settings.batchingWindowSeconds;
  return VISIBILITY_FACTOR * settings.timeoutSeconds + window;
}

export type SettingName = keyof typeof Fields.shape;

/** The name of every setting, in the order of the table. */
export function settingNames(): SettingName[] {
  return Fields.keyof().options;
}
