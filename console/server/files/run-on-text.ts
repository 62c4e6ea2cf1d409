import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { Dependencies, Outcome } from '../../../cli/definition.ts';
import type { Format } from '../../../cli/files/event-file.ts';
import { Interruption } from '../../../cli/terminal/interruption.ts';
import type { Terminal } from '../../../cli/terminal/terminal.ts';

/** Lines that the page shows: people correct some and check again. */
const MAX_LINES = 1_000;

/** Events that were pasted or chosen. */
export interface EventText {
  readonly text: string;
  readonly format: Format;
}

/** What a command said of a text. */
export interface TextReport {
  /** Whether all was as it should be. */
  readonly isFine: boolean;
  readonly summary: string;
  readonly lines: readonly string[];
  /** Lines beyond those. */
  readonly more: number;
}

/** A command of the command line, on one file. */
export type FileCommand = (file: string, dependencies: Dependencies) => Promise<Outcome>;

/**
 * Lets a command of the command line work on a text as if it were a file. The file exists only
 * meanwhile, in a folder that nobody else may read.
 */
export async function runOnText(
  event: EventText,
  { environment }: Terminal,
  command: FileCommand,
): Promise<TextReport> {
  const folder = await mkdtemp(join(tmpdir(), 'finerworks-console-'));
  try {
    const file = join(folder, `events.${event.format}`);
    return await runOnFile(file, event, { environment, interruption: new Interruption() }, command);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same on a file of this name, which is written and stays. */
export async function runOnFile(
  file: string,
  { text, format }: EventText,
  terminal: Pick<Terminal, 'environment' | 'interruption'>,
  command: FileCommand,
): Promise<TextReport> {
  const named = (line: string) => line.replaceAll(file, `events.${format}`);
  const lines: string[] = [];
  let more = 0;
  // Its reader reads all of it.
  await writeFile(`${file}.part`, text, { mode: 0o600 });
  await rename(`${file}.part`, file);
  const outcome = await command(file, {
    terminal: {
      stdin: Readable.from([]),
      stdout: new PassThrough().resume(),
      stderr: new PassThrough().resume(),
      ...terminal,
    },
    emit: (line) => {
      if (lines.length < MAX_LINES) lines.push(named(line));
      else more += 1;
    },
  });
  return { isFine: outcome.exitCode === 0, summary: named(outcome.text), lines, more };
}
