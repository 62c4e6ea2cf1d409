import type { SourceName } from '../../webhooks/sources/source-names.ts';

/** The names of the stack's outputs that tell of a source's door. */
export function doorOutputsOf(source: SourceName): { url: string; functionName: string } {
  const id = idOf(source);
  return { url: `Webhook${id}Url`, functionName: `Webhook${id}FunctionName` };
}

/** `StandardWebhooks` of `standard-webhooks`, since CloudFormation's names have no hyphens. */
export function idOf(source: SourceName): string {
  return source
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}
