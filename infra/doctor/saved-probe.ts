import { existsSync, readFileSync } from 'node:fs';
import { type Contradiction, contradictions, type ProbedSettings } from './probe-rules.ts';
import { PROBE_FILE, Probed } from './probed.ts';

/** A saved probe, or why there is none. */
export type SavedProbe =
  | { readonly kind: 'probe'; readonly probed: Probed }
  | { readonly kind: 'none' }
  /** The file is no saved probe. */
  | { readonly kind: 'broken' };

/** Reads what `probe --save` kept. @param file relative to the working folder */
export function readSavedProbe(file: string): SavedProbe {
  if (!existsSync(file)) return { kind: 'none' };
  try {
    const parsed = Probed.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? { kind: 'probe', probed: parsed.data } : { kind: 'broken' };
  } catch {
    return { kind: 'broken' };
  }
}

/** What to do about a file that is no saved probe; it goes on after the file's name. */
export const BROKEN = 'holds nothing that probe --save wrote: run that again, or remove the file';

/**
 * Compares settings with the probe that was kept, so that synth can warn.
 *
 * @param file the usual one by default, where it exists
 */
export function diagnoseProbe(
  settings: ProbedSettings,
  file: string | undefined,
): (Omit<Contradiction, 'setting'> & { readonly setting: string })[] {
  const name = file ?? PROBE_FILE;
  const saved = readSavedProbe(name);
  if (saved.kind === 'none' && file === undefined) return [];
  if (saved.kind !== 'probe') {
    const message = saved.kind === 'none' ? 'is not there' : BROKEN;
    return [{ rule: 'probe', setting: name, message }];
  }
  const seen = `(seen by the probe of ${saved.probed.at.slice(0, 10)}, ${name})`;
  return contradictions(saved.probed, settings).map(({ message, ...rest }) => {
    return { ...rest, message: `${message} ${seen}` };
  });
}
