import { Command } from 'commander';
import * as z from 'zod';
import { connect } from '../aws/clients.ts';
import { Deployment } from '../aws/deployment.ts';
import {
  type LiveVersion,
  liveVersion,
  moveLive,
  publishedVersions,
  type Version,
} from '../aws/live-version.ts';
import { define, type Outcome } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { addTargetOptions, stackOf, TargetOptions } from '../options/target-options.ts';
import { agrees } from '../terminal/agreement.ts';
import { table } from '../terminal/table.ts';
import { isTerminal, write } from '../terminal/terminal.ts';

const MOST_LISTED = 20;

/** Said afterwards: the next deployment moves the alias again. */
const NEXT =
  'Deploy what is right soon, the first time with -c rollout=at-once: until then the stack believes that the newer version is live.';

/** `rollback` */
export const ROLLBACK = define({
  build: () =>
    addTargetOptions(
      new Command('rollback')
        .description(
          'let the version before take events again, code and settings, within seconds: the newest one below that nobody went back from; asks first; --to names any other',
        )
        .option('--to <version>', 'the version, a number, without a question; forward too')
        .option('--yes', 'do not ask'),
    ),
  input: TargetOptions.extend({
    to: z.string().regex(/^\d+$/, 'must be the number of a version').optional(),
    yes: z.boolean().default(false),
  }),
  examples: [
    ['rollback', 'a deployment went wrong'],
    ['rollback --to 7', 'a certain version; status tells the present one'],
  ],
  run: async (input, { terminal }) => {
    const { lambda, ...clients } = connect();
    const deployment = new Deployment(input, terminal, { lambda, ...clients });
    const functionName = await deployment.functionName();
    if (functionName === undefined) {
      throw new UsageError(
        'a queue alone does not say which function: name the stack with --stack',
      );
    }
    const live = await liveVersion(lambda, functionName);
    if (Object.keys(live.shares).length > 0) {
      throw new UsageError(
        `a deployment is under way, which would go on: aws cloudformation cancel-update-stack --stack-name ${stackOf(input)} takes it back`,
      );
    }
    const versions = await publishedVersions(lambda, functionName);
    const to = target(versions, live, input.to);
    const unchanged = (why: string): Outcome => ({
      exitCode: 0,
      text: `${why}: nothing was changed.`,
      json: { from: live.version, to: live.version },
    });
    if (to.Version === live.version) {
      return unchanged(`Version ${live.version} takes events already`);
    }
    if (input.to === undefined && !input.yes) {
      const plan = `${listed(versions, live)}\nVersion ${to.Version} would take events instead of ${live.version}`;
      if (!isTerminal(terminal.stdin)) {
        throw new UsageError(
          `rollback asks first, and there is no terminal to ask at: add --yes, or name a version with --to\n${plan}`,
        );
      }
      write(terminal.stderr, `${plan}.\n`);
      if (!(await agrees(`Go back to version ${to.Version}?`, terminal))) {
        return unchanged(`Version ${live.version} still takes events`);
      }
    }
    await moveLive(lambda, functionName, live, to.Version);
    return {
      exitCode: 0,
      text: `Version ${to.Version} of ${to.LastModified} takes events now, instead of ${live.version}. ${NEXT}`,
      json: { from: live.version, to: to.Version },
    };
  },
});

/**
 * Chooses the version: the one that is wanted, or the newest below the live one that nobody went back from.
 *
 * @throws {UsageError} where there is no such version
 */
function target(
  versions: readonly Version[],
  live: LiveVersion,
  wanted: string | undefined,
): Version {
  const found = versions.find(({ Version }) =>
    wanted === undefined
      ? Number(Version) < Number(live.version) && !live.left.includes(Version)
      : Version === wanted,
  );
  if (found !== undefined) return found;
  throw new UsageError(
    wanted === undefined
      ? `version ${live.version} takes events, and there is none before it${live.left.length === 0 ? '' : ' that nobody went back from; name one with --to'}`
      : `there is no version ${wanted}; there are ${versions.map(({ Version }) => Version).join(', ')}`,
  );
}

/** The newest versions with their times. */
function listed(versions: readonly Version[], { version, left }: LiveVersion): string {
  const rows = versions.slice(0, MOST_LISTED).map(({ Version, LastModified }) => {
    const mark = Version === version ? 'takes events' : left.includes(Version) ? 'was left' : '';
    return [Version, LastModified, mark];
  });
  return table([['version', 'of', ''], ...rows]);
}
