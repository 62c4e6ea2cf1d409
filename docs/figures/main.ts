import { writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { retrySchedule } from './retry-schedule.ts';

/** Draws the documents' pictures anew from the code that they show: `npm run figures`. */
const FIGURES = { 'retry-schedule.svg': retrySchedule() };

for (const [file, specification] of Object.entries(FIGURES)) {
  const view = new View(parse(compile(specification).spec), { renderer: 'none' });
  writeFileSync(new URL(file, import.meta.url), `${await view.toSVG()}\n`);
  process.stdout.write(`docs/figures/${file}\n`);
}
