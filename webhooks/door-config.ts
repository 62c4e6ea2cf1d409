import * as z from 'zod/mini';
import { Config, ConfigError } from '../lambda/config.ts';
import { jsonOrUndefined } from '../lambda/general/json-or-undefined.ts';
import { GivenPlaces } from './mapping/places.ts';
import { SOURCE_NAMES } from './sources/source-names.ts';
import { DOOR_VARIABLES } from './variables.ts';

const { keysCacheSeconds, maxTitleLength, maxDescriptionLength } = Config.shape;

/** Every setting of a door. */
const DoorConfig = z.object({
  /** The one kind of sender that it is for. */
  source: z.enum(SOURCE_NAMES),
  /** Name or ARN of the secret with the signing secrets of all sources. */
  secretId: z.string().check(z.minLength(1)),
  queueUrl: z.url(),
  /** The queue for deliveries that could not be mapped. */
  undeliveredUrl: z.url(),
  fields: z._default(z.pipe(z.pipe(z.string(), z.transform(jsonOrUndefined)), GivenPlaces), {}),
  keysCacheSeconds,
  maxTitleLength,
  maxDescriptionLength,
});
export type DoorConfig = z.output<typeof DoorConfig>;

/** The settings as they are given: what has a default may be left out. */
export type DoorSettings = Omit<z.input<typeof DoorConfig>, 'fields'> & {
  readonly fields?: GivenPlaces | undefined;
};

/**
 * Reads the settings from a door's environment.
 *
 * @throws {ConfigError} naming every variable at fault, and no value
 */
export function readDoorConfig(environment: Record<string, string | undefined>): DoorConfig {
  const given = Object.entries(DOOR_VARIABLES).flatMap(([setting, variable]) => {
    const value = environment[variable];
    return value === undefined || value === '' ? [] : [[setting, value] as const];
  });
  const parsed = DoorConfig.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const names: Readonly<Record<string, string>> = DOOR_VARIABLES;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${names[String(path[0])]}: ${message}`,
  );
  throw new ConfigError(`The environment of the door is wrong: ${faults.join('; ')}`);
}

/** Turns settings into the environment that {@link readDoorConfig} reads; unset ones are left out. */
export function toDoorEnvironment({ fields, ...settings }: DoorSettings): Record<string, string> {
  const names: Readonly<Record<string, string>> = DOOR_VARIABLES;
  const written = { ...settings, ...(fields && { fields: JSON.stringify(fields) }) };
  return Object.fromEntries(
    Object.entries(written).flatMap(([setting, value]) =>
      value === undefined ? [] : [[names[setting] ?? setting, String(value)] as const],
    ),
  );
}
