import { Duration, Token } from 'aws-cdk-lib';
import type { ImageUpdatesSettings } from './image-updates-settings.ts';
import { nearestName } from './nearest-name.ts';
import { inProps, propOf, SHARED_SETTINGS, secondsOfUnit, unitOf } from './prop-names.ts';
import type { Settings } from './setting-fields.ts';
import { checkSettings, quoted } from './settings.ts';
import { SettingsError } from './settings-error.ts';

const SETTING_OF = new Map(SHARED_SETTINGS.map((setting) => [propOf(setting), setting]));

/**
 * Checks the properties of the construct that are settings, and fills in what is not given.
 *
 * @throws {SettingsError} with one line for each fault
 */
export function settingsOfProps(props: ImageUpdatesSettings): Settings {
  const given = Object.entries(props).filter(([, value]) => value !== undefined);
  const faults = given.flatMap(([prop, value]) => faultOf(prop, value) ?? []);
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
  const settings = given.map(([prop, value]) => {
    const setting = SETTING_OF.get(prop) ?? prop;
    const seconds = secondsOfUnit(setting);
    const isDuration = value instanceof Duration && seconds !== undefined;
    return [setting, isDuration ? value.toSeconds({ integral: false }) / seconds : value];
  });
  return checkSettings(
    Object.fromEntries(settings),
    (setting, message) => inProps(`${setting}: ${withUnit(setting, message)}`),
    (value, setting) => quoteProp(given.find(([prop]) => prop === propOf(setting))?.[1] ?? value),
  );
}

/** The properties of the construct that say what settings of the stack say. */
export function propsOfSettings(settings: Settings): ImageUpdatesSettings {
  const props = Object.entries(settings)
    .filter(([setting]) => SHARED_SETTINGS.includes(setting))
    .map(([setting, value]) => {
      const seconds = secondsOfUnit(setting);
      const isDuration = typeof value === 'number' && seconds !== undefined;
      return [propOf(setting), isDuration ? Duration.seconds(value * seconds) : value];
    });
  return Object.fromEntries(props);
}

/** The name of a property does not say what its number counts. */
function withUnit(setting: string, message: string): string {
  const unit = secondsOfUnit(setting) === undefined ? undefined : unitOf(setting);
  return unit === undefined
    ? message
    : message.replace(/^must be a (whole )?number/, `$& of ${unit}`);
}

/** A `Duration` is whole in one unit, and not in that of its setting. */
function quoteProp(value: unknown): string {
  return value instanceof Duration ? value.toHumanString() : quoted(value);
}

function faultOf(prop: string, value: unknown): string | undefined {
  if (!SETTING_OF.has(prop)) {
    const names = [...SETTING_OF.keys()];
    const meant = SETTING_OF.has(propOf(prop)) ? propOf(prop) : nearestName(prop, names);
    return `${prop}: is no property${meant === undefined ? '' : `; did you mean ${meant}?`}`;
  }
  const isLate =
    value instanceof Duration
      ? value.isUnresolved()
      : typeof value === 'number' && Token.isUnresolved(value);
  // Numbers decide what is made, and what goes together.
  return isLate ? `${prop}: must be known when the app is synthesised` : undefined;
}
