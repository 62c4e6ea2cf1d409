import { writeFileSync } from 'node:fs';
import { updateBenchmarkDocuments } from './benchmarks.ts';
import { COMMAND_JSON_FILE, commandJsonSchema } from './command-json.ts';
import { COMMANDS_PAGE, commandsPage } from './commands.ts';
import { CONSTRUCT_PAGE, constructPage } from './construct-page.ts';
import { CONSTRUCT_SETTINGS, constructSettings } from './construct-settings.ts';
import { CONTRACT_FILES } from './contract/files.ts';
import { COST, costPage, RUNBOOK, runbookWithBackfill } from './cost/page.ts';
import { drawFigures } from './figures/draw.ts';
import { retrySchedule } from './figures/retry-schedule.ts';
import { LICENCES, licencesPage } from './licences/page.ts';
import { SETTINGS_PAGE, settingsPage } from './settings.ts';
import { SETTINGS_SCHEMA, settingsSchema } from './settings-schema.ts';

/** Makes anew what the documents take from the code: `npm run docs`. */
await drawFigures({ 'retry-schedule': retrySchedule() });
writeFileSync(SETTINGS_PAGE, settingsPage());
writeFileSync(SETTINGS_SCHEMA, settingsSchema());
for (const { url, text } of CONTRACT_FILES) writeFileSync(url, text);
writeFileSync(CONSTRUCT_SETTINGS, constructSettings());
writeFileSync(CONSTRUCT_PAGE, constructPage());
writeFileSync(COST, await costPage());
writeFileSync(RUNBOOK, runbookWithBackfill());
writeFileSync(LICENCES, licencesPage());
writeFileSync(COMMANDS_PAGE, commandsPage());
writeFileSync(COMMAND_JSON_FILE, commandJsonSchema());
await updateBenchmarkDocuments();
