import * as z from 'zod';
import { settingNames } from './field-kinds.ts';
import { Fields } from './setting-fields.ts';

/** A row of the table of settings. */
export interface SettingRow {
  readonly name: string;
  readonly standard: string;
  readonly why: string;
}

/** Every setting with its default and why, for the page of settings. */
export function settingRows(): SettingRow[] {
  return settingNames().map((name) => {
    const field = Fields.shape[name];
    const { success, data } = field.safeParse(undefined);
    const standard = success ? String(data ?? 'none') || 'none' : 'required';
    return { name, standard, why: z.globalRegistry.get(field)?.description ?? '' };
  });
}
