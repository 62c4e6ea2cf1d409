// @ts-nocheck
import { writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** Draws figures into this folder. @param figures by the names of their files, without `.svg` */
export async function drawFigures(figures: Readonly<Record<string, TopLevelSpec>>): Promise<void> {
  for (const [name, specification] of Object.entries(figures)) {
    const view = new View(parse(compile(specification).spec), { renderer: 'none' });
    writeFileSync(new URL(`${name}.svg`, import.meta.url), `${await view.toSVG()}\n`);
  }
}
