import * as z from 'zod';
import { Failed } from '../../cli/json/parts.ts';
import { COMMAND_JSON } from '../../cli/json/schemas.ts';

export const COMMAND_JSON_FILE = new URL('../../docs/cli-json.schema.json', import.meta.url);

/** JSON Schema of what each command prints with `--json`, as the file should be. */
export function commandJsonSchema(): string {
  const commands = Object.entries(COMMAND_JSON).map(([name, { line, result }]) => [
    name,
    { result: schemaOf(result), ...(line && { line: schemaOf(line) }) },
  ]);
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Lines of JSON of finerworks-image-updates',
    description:
      'For each command: `result` is the last line that --json prints, `line` each line before it. In the place of a result may be `error`.',
    error: schemaOf(Failed),
    commands: Object.fromEntries(commands),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      // The format says the same, and can be read.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      // The tests hold commands to these fields; programs must bear those that come later.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return rest;
}
