import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { Dependencies, Outcome } from '../../../cli/definition.ts';
import type { Format } from '../../../cli/files/event-file.ts';
import { Interruption } from '../../../cli/terminal/interruption.ts';
import type { Terminal } from '../../../cli/terminal/terminal.ts';

/** Lines that the page shows: people correct some and check again. */
const MAX_LINES = 1_000;

/** What a command said of a text. */
export interface TextReport {
  /** Whether all was as it should be. */
  readonly isFine: boolean;
  readonly summary: string;
  readonly lines: readonly string[];
  /** Lines beyond those. */
  readonly more: number;
}

/**
 * Lets a command of the command line work on a text as if it were a file. The file exists only
 * meanwhile, in a folder that nobody else may read.
 */
export async function runOnText(
  { text, format }: { readonly text: string; readonly format: Format },
  { environment }: Terminal,
  command: (file: string, dependencies: Dependencies) => Promise<Outcome>,
): Promise<TextReport> {
  const folder = await mkdtemp(join(tmpdir(), 'finerworks-console-'));
  const named = (line: string) => line.replaceAll(`${folder}/`, '');
  const lines: string[] = [];
  let more = 0;
  try {
    const file = join(folder, `events.${format}`);
    await writeFile(file, text, { mode: 0o600 });
    const terminal: Terminal = {
      stdin: Readable.from([]),
      stdout: new PassThrough().resume(),
      stderr: new PassThrough().resume(),
      environment,
      interruption: new Interruption(),
    };
    const outcome = await command(file, {
      terminal,
      emit: (line) => {
        if (lines.length < MAX_LINES) lines.push(named(line));
        else more += 1;
      },
    });
    return { isFine: outcome.exitCode === 0, summary: named(outcome.text), lines, more };
  } finally {
    await rm(folder, { recursive: true });
  }
}
