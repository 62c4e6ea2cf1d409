import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OPTIONS = {
  module: 'nodenext',
  target: 'es2024',
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
};

/** Checks one file of a user's folder. @returns what the compiler has to say, the empty text if nothing */
export function typeCheck(folder: string, file: string, content: string): string {
  writeFileSync(join(folder, file), content);
  const project = { compilerOptions: OPTIONS, include: [file] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  return spawnSync('tsc', ['--project', folder], { cwd: folder, encoding: 'utf8' }).stdout;
}
