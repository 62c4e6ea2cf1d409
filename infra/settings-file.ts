import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { SettingsError } from './settings-error.ts';

/** Where settings are kept, in the working folder, so that each deployment has them. */
export const SETTINGS_FILE = 'image-updates.json';

/** The settings of a file, not checked yet. */
export interface SettingsFile {
  /** As it was named, for people. */
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

const Content = z.record(z.string(), z.unknown());
const Name = z.string().min(1);

/**
 * Reads the file of settings.
 *
 * @param given what `-c settingsFile=` names, relative to the working folder; unless given the usual file is
 *   read, where it is there
 * @throws {SettingsError} where the file is not there or holds no object in JSON
 */
export function readSettingsFile(given: unknown): SettingsFile {
  const { success, data: name = SETTINGS_FILE } = Name.optional().safeParse(given);
  if (!success) throw new SettingsError('-c settingsFile: is no name of a file');
  if (!existsSync(name)) {
    if (given === undefined) return { name, settings: {} };
    throw new SettingsError(`-c settingsFile: there is no ${name}`);
  }
  const content = Content.safeParse(jsonOf(name));
  if (!content.success) throw new SettingsError(`${name}: is no object of settings`);
  // For editors.
  const { $schema, ...settings } = content.data;
  return { name, settings };
}

function jsonOf(name: string): unknown {
  try {
    return JSON.parse(readFileSync(name, 'utf8'));
  } catch (error) {
    throw new SettingsError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
