import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', '..', 'simulation', 'main.ts');

/** What `npm run simulate -- …` does. */
export function simulate(...options: string[]) {
  return spawnSync(process.execPath, [MAIN, ...options], { encoding: 'utf8' });
}
