import { writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { COMMANDS_PAGE, commandsPage } from './commands.ts';
import { retrySchedule } from './figures/retry-schedule.ts';
import { README, readmeWithSettings } from './settings.ts';

/** Makes anew what the documents take from the code: `npm run docs`. */
const FIGURES = { 'retry-schedule.svg': retrySchedule() };

for (const [file, specification] of Object.entries(FIGURES)) {
  const view = new View(parse(compile(specification).spec), { renderer: 'none' });
  writeFileSync(new URL(`figures/${file}`, import.meta.url), `${await view.toSVG()}\n`);
}
writeFileSync(README, readmeWithSettings());
writeFileSync(COMMANDS_PAGE, commandsPage());
