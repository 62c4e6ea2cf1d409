// @ts-nocheck
import { readFileSync } from 'node:fs';

const RUNBOOK = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

/** The runbook's sections: what stands under each heading of the second or third level. */
export function runbookSections(): Map<string, string> {
  const sections = RUNBOOK.split(/^###? /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      return [heading.trim(), lines.join('\n')];
    }),
  );
}

/** The anchor that a heading gets where Markdown is shown: small letters, hyphens for blanks. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-');
}
