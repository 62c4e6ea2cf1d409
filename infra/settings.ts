import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { diagnose, diagnoseNames } from './doctor/doctor.ts';
import type { Finding } from './doctor/rule.ts';
import { isNumber, isSwitch, numberRuleOf, settingNames } from './field-kinds.ts';
import { nearestName } from './nearest-name.ts';
import { Fields, type Settings, SharedFields, type StackSettings } from './setting-fields.ts';
import { SettingsError } from './settings-error.ts';
import type { SettingsFile } from './settings-file.ts';

/** Lambda rejects a visibility timeout below the function's; six times it is advised (AWS: Lambda with SQS, configuring). */
const VISIBILITY_FACTOR = 6;

/** Characters of a wrong value that a line shows. */
const LONGEST_QUOTE = 80;

/** What the CDK command line itself keeps in the context, under names like a setting's. */
const CLI_NAMES = new Set(['acknowledged-issue-numbers', 'cli-telemetry']);

/** An empty text, as `-c name=` gives it, and other things that a number would take for 0. */
const Numeric = z.union([z.string().trim().min(1), z.number()]);
const Given = z.union([Numeric, z.boolean(), z.array(z.unknown()), z.looseObject({})]);

const FIFO_REFUSAL =
  'is no setting: the stack makes standard queues, since FIFO brings at most 10 records a batch, and order is by event time anyway; a FIFO queue that exists already is taken by the construct, as its queue';

/** Settings that are right in themselves, and together as far as the doctor refuses anything. */
const CheckedFields = Fields.superRefine((settings, context) => {
  refuse([...diagnose(settings, 'refuse'), ...diagnoseNames(settings, 'refuse')], context);
});
const CheckedSharedFields = SharedFields.superRefine((settings, context) => {
  refuse(diagnose(settings, 'refuse'), context);
});

function refuse(findings: readonly Finding[], context: z.RefinementCtx): void {
  for (const { setting, message } of findings) {
    context.addIssue({ code: 'custom', path: [setting], message });
  }
}

/**
 * Reads the settings of the stack, before anything is made. What CDK context says goes before what the file
 * says.
 *
 * @param context every key of the context; those of CDK itself are left alone
 * @throws {SettingsError} with one line for each fault, which says where the setting was given
 */
export function readSettings(
  context: Readonly<Record<string, unknown>>,
  file: SettingsFile = { name: '', settings: {} },
): StackSettings {
  const ofContext = Object.fromEntries(Object.entries(context).filter(([name]) => !isOfCdk(name)));
  const given = { ...file.settings, ...ofContext };
  const say = (setting: string, message: string) => {
    const isOfFile = setting in file.settings && !(setting in ofContext);
    return `${isOfFile ? `${file.name}:` : '-c'} ${setting}: ${message}`;
  };
  return check(CheckedFields, given, say, quoted);
}

/**
 * Checks the settings of the construct, each in itself and together, and fills in what is not given.
 *
 * @param say makes a line of a setting and what is wrong with it
 * @param quote a value as it was given, for people
 * @throws {SettingsError} with one line for each fault
 */
export function checkSettings(
  given: Readonly<Record<string, unknown>>,
  say: (setting: string, message: string) => string,
  quote: (value: unknown, setting: string) => string = quoted,
): Settings {
  return check(CheckedSharedFields, given, say, quote);
}

function check<Checked>(
  fields: z.ZodType<Checked>,
  given: Readonly<Record<string, unknown>>,
  say: (setting: string, message: string) => string,
  quote: (value: unknown, setting: string) => string,
): Checked {
  const malformed = settingNames()
    .filter(
      (name) => name in given && !(isNumber(name) ? Numeric : Given).safeParse(given[name]).success,
    )
    .map((name) => say(name, 'is empty, or neither text nor number'));
  if (malformed.length > 0) throw new SettingsError(malformed.join('\n'));
  const switched = Object.entries(given).map(([name, value]) => [
    name,
    typeof value === 'boolean' && isSwitch(name) ? (value ? 'on' : 'off') : value,
  ]);
  const parsed = fields.safeParse(Object.fromEntries(switched));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
      return issue.keys.map((name) => say(name, refusalOf(name, given[name])));
    }
    const name = String(issue.path[0]);
    // Whichever way a number is wrong, its bounds are what helps.
    const rule = isNumber(name) && issue.code !== 'custom' ? numberRuleOf(name) : issue.message;
    return [say(name, name in given ? `${rule} (given: ${quote(given[name], name)})` : rule)];
  });
  throw new SettingsError([...new Set(faults)].join('\n'));
}

/** A value as it was given, for people; the beginning of a long one. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

/** The settings that are not as they are by default. */
export function changedSettings(settings: StackSettings): Record<string, unknown> {
  const defaults: Readonly<Record<string, unknown>> = Fields.parse({});
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => !isDeepStrictEqual(value, defaults[name])),
  );
}

/** Names of CDK's feature flags, of what its command line passes and of what it looked up. */
function isOfCdk(name: string): boolean {
  return /^@|[:/]/.test(name) || CLI_NAMES.has(name);
}

function refusalOf(name: string, value: unknown): string {
  if (/fifo/i.test(`${name} ${String(value)}`)) return FIFO_REFUSAL;
  const names = settingNames();
  const meant = nearestName(name, names);
  return `is no setting; ${meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`}`;
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
