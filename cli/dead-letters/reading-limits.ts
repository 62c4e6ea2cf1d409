import type { Deployment } from '../aws/deployment.ts';
import { describeError } from '../errors.ts';
import type { LimitOptions } from '../options/limit-options.ts';
import { ReadingLimits } from './as-function.ts';

/**
 * The limits by which a function reads events: those of the command line, else those of the deployment, else
 * the usual ones where its settings can't be read.
 */
export async function readingLimits(
  deployment: Deployment,
  { maxTitleLength, maxDescriptionLength }: LimitOptions,
): Promise<ReadingLimits> {
  const limits = await settingsOf(deployment);
  return {
    ...limits,
    maxTitleLength: maxTitleLength ?? limits.maxTitleLength,
    maxDescriptionLength: maxDescriptionLength ?? limits.maxDescriptionLength,
  };
}

async function settingsOf(deployment: Deployment): Promise<ReadingLimits> {
  try {
    return ReadingLimits.parse(await deployment.functionSettings());
  } catch (error) {
    if (describeError(error) === undefined) throw error;
    return ReadingLimits.parse({});
  }
}
