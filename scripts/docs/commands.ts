import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { EXIT_CODES } from '../../cli/exit-codes.ts';
import { createProgram } from '../../cli/program.ts';
import { Interruption } from '../../cli/terminal/interruption.ts';
import { withSection } from './section.ts';
import { table } from './table.ts';

export const COMMANDS_PAGE = new URL('../../docs/cli.md', import.meta.url);

const HELP_WIDTH = 100;

/** The page of the command line as it should be: help and exit codes from the commands themselves. */
export function commandsPage(): string {
  const page = withSection(readFileSync(COMMANDS_PAGE, 'utf8'), 'commands', commandSections());
  return withSection(page, 'exit codes', exitCodeTable());
}

function exitCodeTable(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, meaning }) => [`${code}`, meaning]);
  return `${table(['code', 'meaning'], rows)}\n`;
}

function commandSections(): string {
  const stream = new PassThrough();
  const program = createProgram(
    {
      stdin: stream,
      stdout: stream,
      stderr: stream,
      environment: {},
      interruption: new Interruption(),
    },
    () => {},
  );
  return leavesOf(program)
    .map(([name, command]) => `\n### ${name}\n\n\`\`\`text\n${helpOf(command).trim()}\n\`\`\`\n`)
    .join('');
}

/** The commands that do something, with the words that call them. */
function leavesOf(command: Command, words: readonly string[] = []): [string, Command][] {
  if (command.commands.length === 0) return [[words.join(' '), command]];
  return command.commands.flatMap((child) => leavesOf(child, [...words, child.name()]));
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => HELP_WIDTH,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text;
}
