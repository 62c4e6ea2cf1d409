import type { Command } from 'commander';
import * as z from 'zod';
import { EXIT_CODES, type ExitCode } from './exit-codes.ts';
import { type Terminal, write, writeJson } from './terminal/terminal.ts';

/** How a command ended, for people and for programs. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly text: string;
  /** What `--json` prints, as the last line of standard output. */
  readonly json: object;
}

/** Writes what is found on the way, before the outcome: a line of text, or of JSON. */
type Emit = (text: string, json: object) => void;

/** What a command is given besides its arguments and options. */
export interface Dependencies {
  readonly terminal: Terminal;
  readonly emit: Emit;
}

/** A command: what commander must know, how its input is checked, and what it does. */
export interface Definition<Input extends z.ZodType> {
  /** Name, arguments and options, without `--json`, which all have. */
  readonly build: () => Command;
  /** Arguments and options together, by their names in camel case. */
  readonly input: Input;
  /** A line of the shell, and what it is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  readonly run: (input: z.output<Input>, dependencies: Dependencies) => Promise<Outcome>;
}

/** Takes the exit code of a command that has ended. */
export type Finish = (exitCode: ExitCode) => void;

const Json = z.object({ json: z.boolean().default(false) });

/** Makes a new command each time: commander's commands remember their last run. */
export type MakeCommand = (terminal: Terminal, finish: Finish) => Command;

/** Makes commander's command of a definition. */
export function define<Input extends z.ZodType>(definition: Definition<Input>): MakeCommand {
  return (terminal, finish) => assemble(definition, terminal, finish);
}

function assemble<Input extends z.ZodType>(
  { build, input, examples, run }: Definition<Input>,
  terminal: Terminal,
  finish: Finish,
): Command {
  const command = build()
    .option('--json', 'print JSON lines on standard output; the last one is the result')
    .allowExcessArguments(false)
    .addHelpText('after', `\nExamples:\n${examples.map(renderExample).join('\n')}`);
  return command.action(async () => {
    const { json } = Json.parse(command.opts());
    const print: Emit = (text, object) => {
      if (json) writeJson(terminal.stdout, object);
      else write(terminal.stdout, `${text}\n`);
    };
    const parsed = input.safeParse({ ...command.opts(), ...argumentsOf(command) });
    if (!parsed.success) return command.error(`error: ${faultsOf(parsed.error, command)}`);
    const outcome = await run(parsed.data, { terminal, emit: print });
    print(outcome.text, outcome.json);
    finish(terminal.interruption.isRequested ? EXIT_CODES.interrupted.code : outcome.exitCode);
  });
}

function argumentsOf(command: Command): Record<string, unknown> {
  return Object.fromEntries(
    command.registeredArguments.map((argument, at) => [
      argument.name(),
      command.processedArgs[at] ?? undefined,
    ]),
  );
}

function faultsOf(error: z.ZodError, command: Command): string {
  const names = new Set(command.registeredArguments.map((argument) => argument.name()));
  return error.issues
    .map(({ path, message }) => {
      if (path.length === 0) return message;
      const name = String(path[0]);
      return names.has(name) ? `<${name}>: ${message}` : `--${kebab(name)}: ${message}`;
    })
    .join('; ');
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function renderExample([line, purpose]: readonly [string, string]): string {
  return `  # ${purpose}\n  finerworks-image-updates ${line}`;
}
