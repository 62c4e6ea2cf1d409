import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, FaultDoesNotFit } from './fault.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LAMBDA = join(ROOT, 'lambda');
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
  const files = await faultyFiles(fault);
  await mkdir(FOLDER, { recursive: true });
  const directory = await mkdtemp(join(FOLDER, 'lambda-'));
  try {
    await cp(LAMBDA, directory, { recursive: true });
    for (const [file, text] of files) await writeFile(join(directory, file), text);
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/**
 * The files that a fault changes, below `lambda/`, with the fault in them.
 *
 * @throws {FaultDoesNotFit} where a text to replace is not found exactly once
 */
export async function faultyFiles(fault: Fault): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const { file, search, replace } of fault.and ? [fault, fault.and] : [fault]) {
    const text = files.get(file) ?? (await readFile(join(LAMBDA, file), 'utf8'));
    const parts = text.split(search);
    if (parts.length !== 2) {
      const times = parts.length - 1;
      throw new FaultDoesNotFit(`"${fault.name}": lambda/${file} holds ${times} times: ${search}`);
    }
    files.set(file, parts.join(replace));
  }
  return files;
}
