import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';

const Manifest = z.object({ version: z.string() });

/** The version of the package, as its manifest has it: beside this file, or above its `dist`. */
export function packageVersion(): string {
  const places = ['package.json', '../../package.json'].map((at) => new URL(at, import.meta.url));
  const manifest = places.find((place) => existsSync(place));
  if (manifest === undefined) throw new Error('the program lies outside its package');
  return Manifest.parse(JSON.parse(readFileSync(manifest, 'utf8'))).version;
}
