import { writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { COMMANDS_PAGE, commandsPage } from './commands.ts';
import { CONSTRUCT_SETTINGS, constructSettings } from './construct-settings.ts';
import { CONTRACT_FILES } from './contract/files.ts';
import { COST, costPage, RUNBOOK, runbookWithBackfill } from './cost/page.ts';
import { retrySchedule } from './figures/retry-schedule.ts';
import { LICENCES, licencesPage } from './licences/page.ts';
import { README, readmeWithSettings } from './settings.ts';

/** Makes anew what the documents take from the code: `npm run docs`. */
const FIGURES = { 'retry-schedule.svg': retrySchedule() };

for (const [file, specification] of Object.entries(FIGURES)) {
  const view = new View(parse(compile(specification).spec), { renderer: 'none' });
  writeFileSync(new URL(`figures/${file}`, import.meta.url), `${await view.toSVG()}\n`);
}
writeFileSync(README, readmeWithSettings());
for (const { url, text } of CONTRACT_FILES) writeFileSync(url, text);
writeFileSync(CONSTRUCT_SETTINGS, constructSettings());
writeFileSync(COST, costPage());
writeFileSync(RUNBOOK, runbookWithBackfill());
writeFileSync(LICENCES, licencesPage());
writeFileSync(COMMANDS_PAGE, commandsPage());
