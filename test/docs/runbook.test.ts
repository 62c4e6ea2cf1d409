import { describe, expect, test } from '@jest/globals';
import { QUERIES } from '../../infra/monitoring/queries.ts';
import { REJECTIONS, RETRIES } from '../../lambda/verdicts/reasons.ts';
import { runbookSections } from '../helpers/runbook.ts';

const sections = runbookSections();

describe('the runbook', () => {
  test.each([...REJECTIONS, ...RETRIES])('says of the reason %s what to do', (reason) => {
    expect(sections.get(`Reason: ${reason}`)).toMatch(/\*\*See\*\*.*\*\*Do\*\*.*\*\*Over\*\*/s);
  });

  test('names saved queries that there are, and every one of them', () => {
    const named = [...sections.values()].flatMap((text) =>
      [...text.matchAll(/query \*([^*]+)\*/gi)].map(([, name]) => name),
    );
    expect([...new Set(named)].sort()).toEqual(Object.keys(QUERIES).sort());
  });
});
