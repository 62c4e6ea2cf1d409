import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { bundledSources, DOOR_ENTRY_POINT } from '../../../infra/bundle.ts';

const Manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });
export type Package = z.output<typeof Manifest>;

/** The folder of the innermost package that a source belongs to. */
const FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Every package of which anything is in the bundle of the function or of the doors for webhooks, by name. */
export function bundledPackages(): Package[] {
  const sources = [...bundledSources(), ...bundledSources(DOOR_ENTRY_POINT)];
  const folders = new Set(sources.flatMap((source) => FOLDER.exec(source)?.[1] ?? []));
  return [...folders]
    .map((folder) => {
      const file = new URL(`../../../${folder}/package.json`, import.meta.url);
      return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
    })
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
