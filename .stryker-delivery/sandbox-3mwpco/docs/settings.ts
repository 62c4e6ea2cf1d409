// @ts-nocheck
import { readFileSync } from 'node:fs';
import { settingRows } from '../infra/settings-table.ts';

export const README = new URL('../README.md', import.meta.url);

/** What stands between these marks is written by `npm run docs`. */
const SECTION = /(<!-- settings -->\n)[\s\S]*(<!-- end of settings -->)/;

/** The README as it should be: its table of settings made from the settings themselves. */
export function readmeWithSettings(): string {
  const rows = settingRows().map(
    ({ name, standard, why }) => `| \`${name}\` | ${standard} | ${why} |`,
  );
  const table = ['| setting | default | what and why |', '|---|---|---|', ...rows, ''].join('\n');
  return readFileSync(README, 'utf8').replace(SECTION, `$1${table}$2`);
}
