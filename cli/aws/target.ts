import { DeclinedError, UsageError } from '../errors.ts';
import type { ChangeOptions, TargetOptions } from '../options/target-options.ts';
import { agrees } from '../terminal/agreement.ts';
import { isTerminal, paint, type Terminal, write } from '../terminal/terminal.ts';
import { type Clients, connect } from './clients.ts';
import { Deployment } from './deployment.ts';
import { isProduction } from './production.ts';
import { isOnThisMachine } from './reachable.ts';

/** What a command acts on. */
export interface Target {
  readonly clients: Clients;
  readonly deployment: Deployment;
}

/** Makes the clients and finds the deployment. Nothing is looked up yet, and nothing is said. */
export function findTarget(options: TargetOptions, terminal: Terminal): Target {
  const clients = connect(options);
  return { clients, deployment: new Deployment(options, terminal, clients) };
}

/**
 * Finds the deployment that a command acts on, and says on standard error which it is.
 *
 * @throws {UsageError} where there is none
 */
export async function openTarget(options: TargetOptions, terminal: Terminal): Promise<Target> {
  const target = findTarget(options, terminal);
  await announce(target, terminal);
  return target;
}

/** Says on standard error what a command acts on: standard output has results alone. */
export async function announce(target: Target, { stderr }: Terminal): Promise<void> {
  write(stderr, `${paint(stderr, 'dim', `on ${await nameOf(target)}`)}\n`);
}

/**
 * Asks before something is changed in production.
 *
 * @param question what is to be done: `Pause it?`
 * @throws {DeclinedError} where the answer is no
 * @throws {UsageError} where there is no terminal to ask at
 */
export async function mayChange(
  { deployment }: Target,
  question: string,
  { yes }: Pick<ChangeOptions, 'yes'>,
  terminal: Terminal,
): Promise<void> {
  if (yes) return;
  const stack = await deployment.stack();
  const queueUrl = await deployment.queueUrl();
  if (!isProduction(queueUrl, stack)) return;
  const name = stack?.name ?? queueUrl;
  if (!isTerminal(terminal.stdin)) {
    throw new UsageError(
      `${name} is production, and there is no terminal to ask at: add --yes; nothing was changed`,
    );
  }
  if (await agrees(`${name} is production. ${question}`, terminal)) return;
  throw new DeclinedError('nothing was changed');
}

async function nameOf({ clients, deployment }: Target): Promise<string> {
  const queueUrl = await deployment.queueUrl();
  const stack = await deployment.stack();
  if (stack === undefined && isOnThisMachine(queueUrl)) return `this machine, queue ${queueUrl}`;
  const parts = [
    ...(stack === undefined ? [] : [`stack ${stack.name}`]),
    `region ${await clients.sqs.config.region()}`,
    ...accountIn(queueUrl).map((account) => `account ${account}`),
    `queue ${queueUrl}`,
  ];
  return parts.join(', ');
}

/** The account is the first part of the path of a queue's URL (AWS: SQS, queue and message identifiers). */
function accountIn(queueUrl: string): string[] {
  const [, account = ''] = new URL(queueUrl).pathname.split('/');
  return /^\d{12}$/.test(account) ? [account] : [];
}
