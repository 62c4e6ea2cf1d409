import { expect } from '@jest/globals';
import * as z from 'zod';
import { Failed } from '../../cli/json/parts.ts';
import { COMMAND_JSON } from '../../cli/json/schemas.ts';

/** Expects every line that a command line printed with `--json` to be as its schema says. */
export function expectDocumented(argv: readonly string[], stdout: string): void {
  const lines = stdout.trimEnd().split('\n');
  const result = lines.pop() ?? '';
  const [command, documented] = documentedOf(argv);
  const schemas: [z.ZodType, string][] = [
    ...lines.map((line): [z.ZodType, string] => [documented.line ?? z.never(), line]),
    [z.union([documented.result, Failed]), result],
  ];
  for (const [schema, line] of schemas) {
    const { error } = schema.safeParse(JSON.parse(line));
    const faults = error && z.prettifyError(error);
    expect({ command, line, faults }).toEqual({ command, line, faults: undefined });
  }
}

/** `image GUID` is `image show GUID`. */
function documentedOf(argv: readonly string[]) {
  const [one = '', two = ''] = argv;
  const words = [`${one} ${two}`, one, `${one} show`];
  const found = words.flatMap((name) => {
    const documented = COMMAND_JSON[name];
    return documented === undefined ? [] : [[name, documented] as const];
  })[0];
  if (found === undefined) throw new Error(`no schema for ${argv.join(' ')}`);
  return found;
}
