import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, FaultDoesNotFit } from './fault.ts';

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
    for (const [file, text] of await faultyTexts(fault))
      await writeFile(join(directory, file), text);
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/**
 * What a fault makes of the files that it changes.
 *
 * @returns their new texts, by their paths below `lambda/`
 * @throws {FaultDoesNotFit} where the text to replace is not found exactly once
 */
export async function faultyTexts(fault: Fault): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const edit of [fault, fault.and]) {
    if (edit === undefined) continue;
    const { file, search, replace } = edit;
    const text = texts.get(file) ?? (await readFile(join(ROOT, 'lambda', file), 'utf8'));
    const parts = text.split(search);
    if (parts.length !== 2) {
      const times = parts.length - 1;
      throw new FaultDoesNotFit(`"${fault.name}": lambda/${file} holds ${times} times: ${search}`);
    }
    texts.set(file, parts.join(replace));
  }
  return texts;
}
