import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Edit, type Fault, FaultDoesNotFit } from './fault.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Ignored by git, and inside the repository, so that imports find `node_modules`. */
const FOLDER = join(ROOT, '.build', 'faults');

/**
 * Lends a copy of the function's code with a fault in it, and removes it afterwards.
 *
 * @throws {FaultDoesNotFit} where the text to replace is not found exactly once
 */
export async function withFaultyCopy<Result>(
  fault: Fault,
  use: (directory: string) => Promise<Result>,
): Promise<Result> {
  await mkdir(FOLDER, { recursive: true });
  const directory = await mkdtemp(join(FOLDER, 'lambda-'));
  try {
    await cp(join(ROOT, 'lambda'), directory, { recursive: true });
    await apply(fault, fault, directory);
    if (fault.and !== undefined) await apply(fault, fault.and, directory);
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function apply({ name }: Fault, { file, search, replace }: Edit, directory: string) {
  const path = join(directory, file);
  const parts = (await readFile(path, 'utf8')).split(search);
  if (parts.length !== 2) {
    const times = parts.length - 1;
    throw new FaultDoesNotFit(`"${name}": lambda/${file} holds ${times} times: ${search}`);
  }
  await writeFile(path, parts.join(replace));
}
