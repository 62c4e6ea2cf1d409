import {
  GetAliasCommand,
  type LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { LIVE_ALIAS } from '../../infra/alias-name.ts';

/** What the alias' description begins with: deployments leave it as it is. */
const LEFT = 'Left by rollback: ';
/** The description has 256 characters (AWS: Lambda, UpdateAlias). */
const MOST_LEFT = 20;

/** What the alias `live` points at. */
const LiveVersion = z
  .object({
    FunctionVersion: z.string(),
    Description: z.string().default(''),
    RevisionId: z.string().optional(),
    RoutingConfig: z
      .object({ AdditionalVersionWeights: z.record(z.string(), z.number()).optional() })
      .optional(),
  })
  .transform(({ FunctionVersion, Description, RevisionId, RoutingConfig }) => ({
    version: FunctionVersion,
    /** Versions that somebody went back from, as {@link moveLive} wrote them down. */
    left: leftIn(Description),
    revisionId: RevisionId,
    /** Versions that get a share of the invocations while a rollout is under way. */
    shares: RoutingConfig?.AdditionalVersionWeights ?? {},
  }));
export type LiveVersion = z.output<typeof LiveVersion>;

/** Published versions; `$LATEST` is none, since no event goes there. */
const Version = z.object({ Version: z.string().regex(/^\d+$/), LastModified: z.string() });
export type Version = z.output<typeof Version>;

/** Reads which version takes events. */
export async function liveVersion(client: LambdaClient, functionName: string) {
  const command = new GetAliasCommand({ FunctionName: functionName, Name: LIVE_ALIAS });
  return LiveVersion.parse(await client.send(command));
}

/** Lists the published versions, the newest first. */
export async function publishedVersions(
  client: LambdaClient,
  functionName: string,
): Promise<Version[]> {
  const versions: Version[] = [];
  for await (const page of paginateListVersionsByFunction(
    { client },
    { FunctionName: functionName },
  )) {
    for (const one of page.Versions ?? []) {
      const { success, data } = Version.safeParse(one);
      if (success) versions.push(data);
    }
  }
  return versions.toSorted((one, other) => Number(other.Version) - Number(one.Version));
}

/**
 * Finds a published version above the live one, which no deployment is moving to.
 *
 * @returns undefined where the live one is the newest
 */
export async function newerVersion(
  client: LambdaClient,
  functionName: string,
  { version, shares }: LiveVersion,
): Promise<string | undefined> {
  const [newest] = await publishedVersions(client, functionName);
  const isNewer = newest !== undefined && Number(newest.Version) > Number(version);
  return isNewer && Object.keys(shares).length === 0 ? newest.Version : undefined;
}

/**
 * Lets another version take all events, unless somebody moved the alias in between. Who goes back from a version
 * leaves it behind as a bad one, until somebody goes to it again.
 */
export async function moveLive(
  client: LambdaClient,
  functionName: string,
  { version: before, left, revisionId }: LiveVersion,
  version: string,
): Promise<void> {
  const isBack = Number(version) < Number(before);
  const everLeft = new Set([...left, ...(isBack ? [before] : [])]);
  const stillLeft = [...everLeft].filter((one) => one !== version);
  await client.send(
    new UpdateAliasCommand({
      FunctionName: functionName,
      Name: LIVE_ALIAS,
      FunctionVersion: version,
      Description: stillLeft.length > 0 ? LEFT + stillLeft.slice(-MOST_LEFT).join(', ') : '',
      RevisionId: revisionId,
    }),
  );
}

function leftIn(description: string): readonly string[] {
  return description.startsWith(LEFT) ? description.slice(LEFT.length).split(', ') : [];
}
