import { confirm } from '@clack/prompts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** Asks a question at the terminal. Anything but a yes is a no, Ctrl-C too. */
export async function agrees(question: string, { stdin, stderr }: Terminal): Promise<boolean> {
  // Names of files are written by strangers.
  const message = printable(question);
  return (await confirm({ message, initialValue: false, input: stdin, output: stderr })) === true;
}
