import { writeFileSync } from 'node:fs';
import { updateBenchmarkDocuments } from '../../docs/benchmarks/update.ts';
import { COST, costPage, RUNBOOK, runbookWithBackfill } from '../../docs/cost/page.ts';
import { drawFigures } from '../../docs/figures/draw.ts';
import { retrySchedule } from '../../docs/figures/retry-schedule.ts';
import { COMMANDS_PAGE, commandsPage } from './commands.ts';
import { CONSTRUCT_SETTINGS, constructSettings } from './construct-settings.ts';
import { CONTRACT_FILES } from './contract/files.ts';
import { LICENCES, licencesPage } from './licences/page.ts';
import { SETTINGS_PAGE, settingsPage } from './settings.ts';

/** Makes anew what the documents take from the code: `npm run docs`. */
await drawFigures({ 'retry-schedule': retrySchedule() });
writeFileSync(SETTINGS_PAGE, settingsPage());
for (const { url, text } of CONTRACT_FILES) writeFileSync(url, text);
writeFileSync(CONSTRUCT_SETTINGS, constructSettings());
writeFileSync(COST, costPage());
writeFileSync(RUNBOOK, runbookWithBackfill());
writeFileSync(LICENCES, licencesPage());
writeFileSync(COMMANDS_PAGE, commandsPage());
await updateBenchmarkDocuments();
