import * as z from 'zod';

const List = z.preprocess((given) => [given].flat(), z.array(z.string()));

/** A policy as IAM has it, with all that the stack's policies use of the language, and nothing else. */
export const Policy = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Effect: z.enum(['Allow', 'Deny']),
      Action: List,
      Resource: List,
      Condition: z
        .strictObject({ 'ForAllValues:StringLike': z.record(z.string(), List) })
        .optional(),
    }),
  ),
});
export type Policy = z.output<typeof Policy>;

/** What a request asks for. */
export interface Access {
  /** `sqs:SendMessage` */
  readonly action: string;
  readonly resource: string;
  /** Condition keys with their values. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Whether a policy allows a request (AWS: IAM, policy evaluation logic). */
export function allows({ Statement }: Policy, { action, resource, context }: Access): boolean {
  const effects = Statement.filter(
    (one) =>
      one.Action.some((pattern) => isLike(action, pattern)) &&
      one.Resource.some((pattern) => isLike(resource, pattern)) &&
      Object.entries(one.Condition?.['ForAllValues:StringLike'] ?? {}).every(([key, patterns]) =>
        (context[key] ?? []).every((value) => patterns.some((pattern) => isLike(value, pattern))),
      ),
  ).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** IAM's wildcards: `*` for any characters, `?` for one. */
function isLike(text: string, pattern: string): boolean {
  const source = RegExp.escape(pattern).replaceAll('\\*', '.*').replaceAll('\\?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
