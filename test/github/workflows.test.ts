import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validateWorkflow } from '@action-validator/core';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';
import { readJson } from '../helpers/json-file.ts';

const FOLDER = fileURLToPath(new URL('../../.github/workflows', import.meta.url));
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(readJson(fileURLToPath(new URL('../../package.json', import.meta.url))));

const Permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const Workflow = z.object({
  permissions: Permissions,
  jobs: z.record(
    z.string(),
    z.object({
      'timeout-minutes': z.number(),
      permissions: Permissions.default({}),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  ),
});

const WORKFLOWS = globSync('*.yml', { cwd: FOLDER }).map((name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  const { permissions, jobs } = Workflow.parse(parse(text));
  return { name, text, permissions, jobs: Object.values(jobs) };
});

test('there are workflows for changes and for releases', () => {
  expect(WORKFLOWS.map(({ name }) => name).sort()).toEqual(['ci.yml', 'release.yml']);
});

describe.each(WORKFLOWS)('$name', ({ name, text, permissions, jobs }) => {
  const steps = jobs.flatMap((job) => job.steps);

  test('is valid by the JSON schema of GitHub’s workflows', () => {
    expect(validateWorkflow(text).errors).toEqual([]);
  });

  test('pins every action to a commit, and says which version that is', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w/-]+@[0-9a-f]{40}$/);
    for (const line of text.match(/uses: .*/g) ?? []) expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
  });

  test('may write nothing, but for the identity that signs a release', () => {
    const granted = [permissions, ...jobs.map((job) => job.permissions)];
    const writes = granted
      .flatMap((scopes) => Object.entries(scopes))
      .flatMap(([scope, level]) => (level === 'write' ? [scope] : []));
    expect(writes).toEqual(name === 'release.yml' ? ['id-token'] : []);
  });

  test('runs scripts that there are', () => {
    const called = steps.flatMap(({ run = '' }) => /^npm run (\S+)/.exec(run)?.[1] ?? []);
    expect(called.filter((script) => !(script in scripts))).toEqual([]);
  });
});
