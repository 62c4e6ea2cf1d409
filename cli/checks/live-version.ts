import type { Clients } from '../aws/clients.ts';
import type { Deployment } from '../aws/deployment.ts';
import { liveVersion, newerVersion } from '../aws/live-version.ts';
import { CheckWarning, NotApplicable } from './finding.ts';

/**
 * Whether the newest version takes events: after a rollback a deployment of the same again changes nothing.
 *
 * @throws {CheckWarning} where an older one does
 */
export async function checkLiveVersion(
  deployment: Deployment,
  { lambda }: Clients,
): Promise<string> {
  const functionName = await deployment.functionName();
  if (functionName === undefined) throw new NotApplicable('a queue alone has no function');
  const live = await liveVersion(lambda, functionName);
  const newer = await newerVersion(lambda, functionName, live);
  if (newer === undefined) return `${live.version} takes events`;
  throw new CheckWarning(
    `${live.version} takes events, and the newest is ${newer}: somebody went back, and deploying the same again changes nothing; deploy what is right, or finerworks-image-updates rollback --to ${newer}`,
  );
}
