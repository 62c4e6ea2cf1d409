import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { createProgram } from '../../../cli/program.ts';
import { Interruption } from '../../../cli/terminal/interruption.ts';
import { guid } from '../../helpers/records.ts';
import { ROLES, type Role } from './deployed-policy.ts';

/** What a command is tried with. */
export interface Material {
  /** A file of events. */
  readonly events: string;
  /** A file that is not there yet. */
  readonly fresh: string;
  /** The id of a dead letter. */
  readonly letter: string;
}

/** A command line, and the roles that may run it. */
interface Trial {
  readonly argv: (material: Material) => readonly string[];
  readonly roles: readonly Role[];
}

const LOOKING: readonly Role[] = ['Viewer', 'Operator'];
const ACTING: readonly Role[] = ['Operator'];
/** These read the keys of FinerWorks, which no policy of the stack allows. */
const NOBODY: readonly Role[] = [];

/** Every command, in an order in which each finds something to do. */
export const TRIALS: Readonly<Record<string, Trial>> = {
  validate: { argv: ({ events }) => [events], roles: ROLES },
  send: { argv: ({ events }) => [events], roles: ['Producer', 'Operator'] },
  preview: { argv: ({ events }) => [events], roles: NOBODY },
  probe: { argv: () => [], roles: NOBODY },
  guids: { argv: () => [], roles: NOBODY },
  status: { argv: () => [], roles: LOOKING },
  tail: { argv: () => ['--for', '1'], roles: LOOKING },
  check: { argv: () => [], roles: LOOKING },
  'image show': { argv: () => [guid(1)], roles: LOOKING },
  'event show': { argv: ({ letter }) => [letter, '--since', '1h'], roles: LOOKING },
  'event list': { argv: () => ['--since', '1h'], roles: LOOKING },
  'dlq list': { argv: () => [], roles: LOOKING },
  'dlq show': { argv: ({ letter }) => [letter], roles: LOOKING },
  'dlq export': { argv: ({ fresh }) => [fresh], roles: LOOKING },
  'dlq redrive': { argv: () => ['--wait', '1', '--yes'], roles: ACTING },
  'dlq discard': { argv: ({ fresh }) => [fresh, '--yes'], roles: ACTING },
  'image forget': { argv: () => [guid(1)], roles: ACTING },
  'smoke-test': { argv: () => ['--wait', '1'], roles: ACTING },
  resume: { argv: () => [], roles: ACTING },
  pause: { argv: () => [], roles: ACTING },
  // It asks AWS for nothing, and finds no door there.
  'webhook send': {
    argv: ({ events }) => [
      ...['shopify', events, '--url', 'http://127.0.0.1:9/', '--secret-file', events],
    ],
    roles: NOBODY,
  },
  rollback: { argv: () => ['--yes'], roles: ACTING },
};

/** The names of all commands that there are, without what shells ask for completion: it asks nobody. */
export function commandNames(): string[] {
  const stream = new PassThrough();
  const terminal = {
    ...{ stdin: stream, stdout: stream, stderr: stream, environment: {} },
    interruption: new Interruption(),
  };
  const namesIn = (command: Command, path: readonly string[]): string[] =>
    command.commands.length === 0
      ? [path.join(' ')]
      : command.commands.flatMap((one) => namesIn(one, [...path, one.name()]));
  const names = namesIn(
    createProgram(terminal, () => {}),
    [],
  );
  return names.filter((name) => name !== 'complete');
}

/** Those that end by themselves: the console stays up, and does what the others do. */
export function endingCommandNames(): string[] {
  return commandNames().filter((name) => name !== 'console');
}
