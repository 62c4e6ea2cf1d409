import { Command } from 'commander';
import * as z from 'zod';
import {
  type LiveVersion,
  liveVersion,
  moveLive,
  publishedVersions,
  type Version,
} from '../aws/live-version.ts';
import { mayChange, openTarget } from '../aws/target.ts';
import { define } from '../definition.ts';
import { DeclinedError, UsageError } from '../errors.ts';
import { addChangeOptions, ChangeOptions, stackOf } from '../options/target-options.ts';
import { agrees } from '../terminal/agreement.ts';
import { table } from '../terminal/table.ts';
import { isTerminal, type Terminal, write } from '../terminal/terminal.ts';

const MOST_LISTED = 20;

/** Said afterwards: the next deployment moves the alias again. */
const NEXT =
  'Deploy what is right soon, the first time with -c rollout=at-once: until then the stack believes that the newer version is live.';

/** `rollback` */
export const ROLLBACK = define({
  build: () =>
    addChangeOptions(
      new Command('rollback')
        .description(
          'let the version before take events again, code and settings, within seconds: the newest one below that nobody went back from; asks first; --to names any other',
        )
        .option(
          '--to <version>',
          'the version, a number, without a question unless it is production; forward too',
        ),
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
    const versions = await publishedVersions(lambda, functionName);
    const to = wanted(versions, live, input.to);
    if (to.Version === live.version) {
      return {
        exitCode: 0,
        text: `Version ${live.version} takes events already: nothing was changed.`,
        json: { from: live.version, to: live.version },
      };
    }
    const question = `Go from version ${live.version} to ${to.Version}?`;
    if (input.to === undefined && !input.yes) {
      await mayChoose(`${listed(versions, live)}\n`, question, terminal);
    } else {
      await mayChange(target, question, input, terminal);
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
 * Chooses the version: the given one, or the newest below the live one that nobody went back from.
 *
 * @throws {UsageError} where there is no such version
 */
function wanted(
  versions: readonly Version[],
  live: LiveVersion,
  given: string | undefined,
): Version {
  const found = versions.find(({ Version }) =>
    given === undefined
      ? Number(Version) < Number(live.version) && !live.left.includes(Version)
      : Version === given,
  );
  if (found !== undefined) return found;
  throw new UsageError(
    given === undefined
      ? `version ${live.version} takes events, and there is none before it${live.left.length === 0 ? '' : ' that nobody went back from; name one with --to'}`
      : `there is no version ${given}; there are ${versions.map(({ Version }) => Version).join(', ')}`,
  );
}

/**
 * Asks whether the version is the right one, which nobody named.
 *
 * @throws {DeclinedError} where the answer is no
 * @throws {UsageError} where there is no terminal to ask at
 */
async function mayChoose(versions: string, question: string, terminal: Terminal): Promise<void> {
  if (!isTerminal(terminal.stdin)) {
    throw new UsageError(
      `rollback asks first, and there is no terminal to ask at: add --yes, or name a version with --to\n${versions}${question}`,
    );
  }
  write(terminal.stderr, versions);
  if (!(await agrees(question, terminal))) throw new DeclinedError('nothing was changed');
}

/** The newest versions with their times. */
function listed(versions: readonly Version[], { version, left }: LiveVersion): string {
  const rows = versions.slice(0, MOST_LISTED).map(({ Version, LastModified }) => {
    const mark = Version === version ? 'takes events' : left.includes(Version) ? 'was left' : '';
    return [Version, LastModified, mark];
  });
  return table([['version', 'of', ''], ...rows]);
}
