import { isOnThisMachine } from './reachable.ts';

/** `prod` and `production`, but neither `product` nor `producer`. */
const PRODUCTION = /prod(?!uc(?!tion))/i;
/** What stacks are tagged with, to say what they are for. */
const TAGS = /^(env|environment|stage)$/i;

/**
 * Whether a deployment is production: the name of its stack or of its queue says so, or a tag `env`,
 * `environment` or `stage` of its stack. What is called so wrongly is asked about once too often.
 */
export function isProduction(
  queueUrl: string,
  stack: { readonly name: string; readonly tags: Readonly<Record<string, string>> } | undefined,
): boolean {
  if (stack === undefined && isOnThisMachine(queueUrl)) return false;
  const tags = Object.entries(stack?.tags ?? {}).filter(([key]) => TAGS.test(key));
  const queueName = queueUrl.split('/').at(-1) ?? '';
  const names = [queueName, stack?.name ?? '', ...tags.map(([, value]) => value)];
  return names.some((name) => PRODUCTION.test(name));
}
