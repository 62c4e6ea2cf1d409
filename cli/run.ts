import { type Command, CommanderError } from 'commander';
import { describeError } from './errors.ts';
import { EXIT_CODES, type ExitCode } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { type Terminal, write, writeJson } from './terminal/terminal.ts';

/**
 * Runs one command line.
 *
 * @param argv arguments alone, without the program's name
 * @returns the process's exit code
 * @throws what is a defect of this program
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODES.done.code;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  for (const command of [program, ...descendantsOf(program)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => write(terminal.stdout, text),
      writeErr: (text) => write(terminal.stderr, text),
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed by then: help, or what is wrong.
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT_CODES.done.code : EXIT_CODES.usage.code;
    }
    const described = describeError(error);
    if (described === undefined) throw error;
    write(terminal.stderr, `error: ${described.message}\n`);
    if (argv.includes('--json')) {
      const { cause, message } = described;
      writeJson(terminal.stdout, { error: { cause, message } });
    }
    return described.exitCode;
  }
}

function descendantsOf(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendantsOf(child)]);
}
