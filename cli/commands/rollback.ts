import { Command } from 'commander';
import * as z from 'zod';
import { liveVersion, moveLive, publishedVersions, type Version } from '../aws/live-version.ts';
import { mayChange, openTarget } from '../aws/target.ts';
import { define } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { addChangeOptions, ChangeOptions, stackOf } from '../options/target-options.ts';

/** Said afterwards: the next deployment moves the alias again. */
const NEXT =
  'Deploy what is right soon, the first time with -c rollout=at-once: until then the stack believes that the newer version is live.';

/** `rollback` */
export const ROLLBACK = define({
  build: () =>
    addChangeOptions(
      new Command('rollback')
        .description(
          'let the version before take events again, code and settings, within seconds; --to names any other',
        )
        .option('--to <version>', 'the version, a number; forward too'),
    ),
  input: ChangeOptions.extend({
    to: z.string().regex(/^\d+$/, 'must be the number of a version').optional(),
  }),
  examples: [
    ['rollback', 'a deployment went wrong'],
    ['rollback --to 7', 'a certain version; status tells the present one'],
  ],
  run: async (input, { terminal }) => {
    const target = await openTarget(input, terminal);
    const { deployment } = target;
    const { lambda } = target.clients;
    const functionName = await deployment.functionName();
    if (functionName === undefined) {
      throw new UsageError(
        'a queue alone does not say which function: name the stack with --stack',
      );
    }
    const live = await liveVersion(lambda, functionName);
    if (Object.keys(live.shares).length > 0) {
      throw new UsageError(
        `a deployment is under way, which would go on: aws cloudformation cancel-update-stack --stack-name ${stackOf(input, terminal.environment)} takes it back`,
      );
    }
    const to = wanted(await publishedVersions(lambda, functionName), live.version, input.to);
    await mayChange(target, `Go from version ${live.version} to ${to.Version}?`, input, terminal);
    await moveLive(lambda, functionName, live, to.Version);
    return {
      exitCode: 0,
      text: `Version ${to.Version} of ${to.LastModified} takes events now, instead of ${live.version}. ${NEXT}`,
      json: { from: live.version, to: to.Version },
    };
  },
});

/** @throws {UsageError} where there is no such version */
function wanted(versions: readonly Version[], live: string, given: string | undefined): Version {
  const found = versions.find(({ Version }) =>
    given === undefined ? Number(Version) < Number(live) : Version === given,
  );
  if (found !== undefined) return found;
  const all = versions.map(({ Version }) => Version).join(', ');
  throw new UsageError(
    given === undefined
      ? `version ${live} takes events, and there is none before it`
      : `there is no version ${given}; there are ${all}`,
  );
}
