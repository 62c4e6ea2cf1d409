import { describe, expect, test } from '@jest/globals';
import { QUERIES } from '../../infra/monitoring/queries.ts';
import { REJECTIONS, RETRIES } from '../../lambda/verdicts/reasons.ts';
import { runbookSections } from '../helpers/runbook.ts';
import { EVERYTHING, templateOf } from '../infra/template.ts';

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

  test('takes back what a destroyed stack leaves, by the names that the template has for it', () => {
    const left = Object.entries(templateOf(EVERYTHING).toJSON().Resources)
      .map(([id, resource]) => ({ id, ...Object(resource) }))
      .filter(({ DeletionPolicy }) => /^Retain/.test(DeletionPolicy))
      // It goes with its function.
      .filter(({ Type }) => Type !== 'AWS::Lambda::Version');
    const section = sections.get('Taking back what a destroyed stack left') ?? '';
    const named = [...section.matchAll(/"(\w+)": \{ ?"(?:QueueUrl|TableName|KeyId)"/g)];
    expect(named.map(([, id]) => id).sort()).toEqual(left.map(({ id }) => id).sort());
  });
});
