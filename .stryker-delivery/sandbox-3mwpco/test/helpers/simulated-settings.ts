// @ts-nocheck
import type { Settings } from '../../simulation/scenario.ts';
import { fullSize } from '../../simulation/worlds/full-size.ts';

/** What a stack of the simulation gets, with changes. */
export function simulatedSettings(given: Partial<Settings> = {}): Settings {
  return fullSize({ streams: [], settings: given }).settings;
}
