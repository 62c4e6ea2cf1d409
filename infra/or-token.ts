import { Token } from 'aws-cdk-lib';
import * as z from 'zod';
import type * as core from 'zod/v4/core';

/**
 * A text that another construct may give: until the app is deployed it is a token, which nothing can be said
 * of.
 *
 * @param schema what a text that is known must be
 * @param rule what is said of one that is not, unless the schema says it well itself
 */
export function orToken(schema: core.$ZodType<string>, rule?: string) {
  return z.string(rule).transform((text, context) => {
    if (Token.isUnresolved(text)) return text;
    const { success, data, error } = z.safeParse(schema, text);
    if (success) return data;
    for (const { message } of error.issues) context.addIssue(rule ?? message);
    return z.NEVER;
  });
}
