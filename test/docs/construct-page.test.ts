import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CONSTRUCT_PAGE, constructPage } from '../../scripts/docs/construct-page.ts';

test('the reference of the construct is what its types say (npm run docs makes it anew)', () => {
  const page = readFileSync(CONSTRUCT_PAGE, 'utf8');
  expect(page).toBe(constructPage());
  expect(page).toContain('| `timeout` | `Duration` | 120 seconds |');
  expect(page).toContain('`grantSend(grantee: IGrantable): Grant`');
});
