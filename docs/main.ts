import { writeFileSync } from 'node:fs';
import { updateBenchmarkDocuments } from '../scripts/docs/benchmarks.ts';
import { COST, costPage, RUNBOOK, runbookWithBackfill } from '../scripts/docs/cost/page.ts';
import { drawFigures } from '../scripts/docs/figures/draw.ts';
import { retrySchedule } from '../scripts/docs/figures/retry-schedule.ts';
import { COMMANDS_PAGE, commandsPage } from './commands.ts';
import { CONSTRUCT_SETTINGS, constructSettings } from './construct-settings.ts';
import { CONTRACT_FILES } from './contract/files.ts';
import { LICENCES, licencesPage } from './licences/page.ts';
import { README, readmeWithSettings } from './settings.ts';

/** Makes anew what the documents take from the code: `npm run docs`. */
await drawFigures({ 'retry-schedule': retrySchedule() });
writeFileSync(README, readmeWithSettings());
for (const { url, text } of CONTRACT_FILES) writeFileSync(url, text);
writeFileSync(CONSTRUCT_SETTINGS, constructSettings());
writeFileSync(COST, costPage());
writeFileSync(RUNBOOK, runbookWithBackfill());
writeFileSync(LICENCES, licencesPage());
writeFileSync(COMMANDS_PAGE, commandsPage());
await updateBenchmarkDocuments();
