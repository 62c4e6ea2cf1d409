import { HTTPException } from 'hono/http-exception';
import { validator } from 'hono/validator';
import * as z from 'zod';

/** Takes the body or the query of a request where it is as the schema says; another is answered with why not. */
export function input<Target extends 'json' | 'query', Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) {
  return validator(target, (value): z.output<Schema> => {
    const { success, data, error } = schema.safeParse(value);
    if (success) return data;
    throw new HTTPException(400, { message: z.prettifyError(error) });
  });
}
