// @ts-nocheck
import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { EXIT_CODES } from '../cli/exit-codes.ts';
import { createProgram } from '../cli/program.ts';
import { Interruption } from '../cli/terminal/interruption.ts';

export const COMMANDS_PAGE = new URL('cli.md', import.meta.url);

/** What stands between such marks is written by `npm run docs`. */
const sectionOf = (name: string) =>
  new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*(<!-- end of ${name} -->)`);

const HELP_WIDTH = 100;

/** The page of the command line as it should be: help and exit codes from the commands themselves. */
export function commandsPage(): string {
  return readFileSync(COMMANDS_PAGE, 'utf8')
    .replace(sectionOf('commands'), (_, start, end) => `${start}${commandSections()}${end}`)
    .replace(sectionOf('exit codes'), (_, start, end) => `${start}${exitCodeTable()}${end}`);
}

function exitCodeTable(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return ['| code | meaning |', '|---|---|', ...rows, ''].join('\n');
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
