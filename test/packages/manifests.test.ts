import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { REPOSITORY_URL } from '../../infra/repository.ts';
import { readJson } from '../helpers/json-file.ts';
import { ROOT, WORKSPACES } from './installed-package.ts';

const Manifest = z.object({ version: z.string(), private: z.boolean().default(false) });
const Repository = z.object({ repository: z.object({ url: z.string() }) });
const Lock = z.object({
  packages: z.record(z.string(), z.object({ resolved: z.string().optional() })),
});

const manifestOf = (folder: string) => Manifest.parse(readJson(join(ROOT, folder, 'package.json')));
const { packages } = Lock.parse(readJson(join(ROOT, 'package-lock.json')));

test('the packages are published in step, and the repository itself is not', () => {
  const root = manifestOf('.');
  expect(root.private).toBe(true);
  for (const workspace of WORKSPACES) {
    expect(manifestOf(workspace)).toEqual({ version: root.version, private: false });
  }
});

test('every package names the repository, where the construct links the runbook', () => {
  for (const folder of ['.', ...WORKSPACES]) {
    const { repository } = Repository.parse(readJson(join(ROOT, folder, 'package.json')));
    expect(repository.url).toBe(`git+${REPOSITORY_URL}.git`);
  }
});

test('a dependency is there once: what the function is tested with, the packages are too', () => {
  const own = new RegExp(`^(${WORKSPACES.join('|')})/node_modules/`);
  expect(Object.keys(packages).filter((path) => own.test(path))).toEqual([]);
});

test('the lock file names no registry', () => {
  const resolved = Object.values(packages).flatMap((entry) => entry.resolved ?? []);
  expect(resolved.sort()).toEqual([...WORKSPACES]);
});
