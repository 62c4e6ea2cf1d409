import {
  GetAliasCommand,
  type LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { LIVE_ALIAS } from '../../infra/alias-name.ts';

/** What the alias `live` points at. */
const LiveVersion = z
  .object({
    FunctionVersion: z.string(),
    RevisionId: z.string().optional(),
    RoutingConfig: z
      .object({ AdditionalVersionWeights: z.record(z.string(), z.number()).optional() })
      .optional(),
  })
  .transform(({ FunctionVersion, RevisionId, RoutingConfig }) => ({
    version: FunctionVersion,
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

/** Lets another version take all events, unless somebody moved the alias in between. */
export async function moveLive(
  client: LambdaClient,
  functionName: string,
  { revisionId }: LiveVersion,
  version: string,
): Promise<void> {
  await client.send(
    new UpdateAliasCommand({
      FunctionName: functionName,
      Name: LIVE_ALIAS,
      FunctionVersion: version,
      RevisionId: revisionId,
    }),
  );
}
