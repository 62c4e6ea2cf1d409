import { readdirSync } from 'node:fs';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** What commands call their files of events. */
const FILES = 'files';
const EVENTS = /\.(ndjson|jsonl|json|csv)$/;

/**
 * Adds `complete`, which prints the completion of a shell: commands, options and the values that an option
 * may have. The library keeps a shell from completing names of files, so those of events in the working
 * folder are told here.
 */
export function addCompletion(program: Command): void {
  const root = tab(program);
  for (const command of root.commands.values()) {
    if (command.arguments.has(FILES)) command.argument(FILES, completeFiles, true);
  }
}

function completeFiles(complete: (value: string, description: string) => void): void {
  for (const file of readdirSync('.')) if (EVENTS.test(file)) complete(file, '');
}
