import { writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { type Config, compile, type TopLevelSpec } from 'vega-lite';

const FIGURES = new URL('../../../docs/figures/', import.meta.url);

/** Of symbols that stand for a shape or a dash: seen on white and on black. */
const GREY = '#8b949e';

/** Zero is no limit: Vega guesses how wide a text is, and would cut what is wider than its limit. */
const CONFIG: Config = {
  background: 'white',
  padding: 10,
  view: { stroke: null },
  axis: { labelLimit: 0, titleLimit: 0, labelFontSize: 11, titleFontSize: 11, titlePadding: 8 },
  axisQuantitative: { labelFlush: false, tickCount: 8 },
  legend: {
    labelLimit: 0,
    titleLimit: 0,
    labelFontSize: 11,
    symbolBaseFillColor: GREY,
    symbolBaseStrokeColor: GREY,
  },
  title: { limit: 0, fontSize: 12 },
};

/** Vega draws for paper. On a dark page the colours of data stay, and what is black or white turns. */
const DARK = `<style>@media (prefers-color-scheme: dark) {
svg > rect { fill: #0d1117 }
text { fill: #e6edf3 }
.role-axis-grid line { stroke: #30363d }
}</style>`;

/** Draws figures into docs/figures. @param figures by the names of their files, without `.svg` */
export async function drawFigures(figures: Readonly<Record<string, TopLevelSpec>>): Promise<void> {
  for (const [name, specification] of Object.entries(figures)) {
    const { spec } = compile(specification, { config: CONFIG });
    const svg = await new View(parse(spec), { renderer: 'none' }).toSVG();
    writeFileSync(new URL(`${name}.svg`, FIGURES), `${svg.replace('>', `>${DARK}`)}\n`);
  }
}
