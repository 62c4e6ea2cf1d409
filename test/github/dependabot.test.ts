import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';

/** What of GitHub's dependabot options is used here; their JSON schema is in no package. */
const Dependabot = z.strictObject({
  version: z.literal(2),
  updates: z.array(
    z.strictObject({
      'package-ecosystem': z.enum(['npm', 'github-actions']),
      directory: z.string().startsWith('/'),
      schedule: z.strictObject({ interval: z.enum(['daily', 'weekly', 'monthly']) }),
      groups: z
        .record(
          z.string(),
          z.strictObject({
            patterns: z.array(z.string()).optional(),
            'dependency-type': z.enum(['development', 'production']).optional(),
            'update-types': z.array(z.enum(['major', 'minor', 'patch'])).optional(),
          }),
        )
        .optional(),
    }),
  ),
});

test('updates by bot are asked for packages and for actions', () => {
  const file = new URL('../../.github/dependabot.yml', import.meta.url);
  const { updates } = Dependabot.parse(parse(readFileSync(file, 'utf8')));
  const ecosystems = updates.map((update) => update['package-ecosystem']);
  expect(ecosystems.sort()).toEqual(['github-actions', 'npm']);
});
