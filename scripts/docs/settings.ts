import { readFileSync } from 'node:fs';
import { settingRows } from '../../infra/settings-table.ts';
import { linked } from './linked.ts';
import { withSection } from './section.ts';
import { table } from './table.ts';

export const SETTINGS_PAGE = new URL('../../docs/settings.md', import.meta.url);

/** The page of settings as it should be: its table made from the settings themselves. */
export function settingsPage(): string {
  const rows = settingRows().map(({ name, standard, why }) => [
    `\`${name}\``,
    standard,
    linked(why),
  ]);
  const text = `${table(['setting', 'default', 'what and why'], rows)}\n`;
  return withSection(readFileSync(SETTINGS_PAGE, 'utf8'), 'settings', text);
}
