import { ledgerIfAny } from '../../../cli/aws/ledger.ts';
import { trailIfAny } from '../../../cli/aws/trail.ts';
import type { DeadLetter } from '../../../cli/dead-letters/dead-letter.ts';
import { planFor, type RedriveRequest } from '../../../cli/dead-letters/plan.ts';
import type { DeadLetterReader } from '../../../cli/dead-letters/reader.ts';
import { type Plan, type Redriving, redrive } from '../../../cli/dead-letters/redrive.ts';
import { redriveOutcomeOf } from '../../../cli/dead-letters/redrive-outcome.ts';
import { outcomeOrWhyNot } from '../../../cli/dead-letters/redrive-report.ts';
import { UsageError } from '../../../cli/errors.ts';
import { redeliverLetters } from '../../../cli/webhooks/redeliver-letters.ts';
import { groupKeyOf } from '../letters/groups.ts';
import type { LetterChoice } from '../letters/letter-choice.ts';
import type { Managed } from '../managed.ts';

/** How long it waits for what becomes of the letters, in seconds. */
const WAIT_SECONDS = 120;

/** Which letters are to be replayed: {@link RedriveRequest}, and what the page can choose by. */
export interface ReplayRequest extends RedriveRequest, LetterChoice {
  readonly ids?: readonly string[] | undefined;
  /** Keys of groups. */
  readonly groups?: readonly string[] | undefined;
  /** How many at most. */
  readonly limit?: number | undefined;
  /** Messages a second at most. */
  readonly rate?: number | undefined;
}

/** What became of the letters, or why that is not known. */
export type ReplayOutcome = Awaited<ReturnType<typeof outcomeOrWhyNot>>;

/** Called while it goes on. */
export interface ReplayListener {
  /** @param planned how many letters are chosen to be sent, in all */
  readonly onRead: (letters: number, planned: number) => void;
  readonly onSent: (redriving: Redriving) => void;
  /** @param count of how many it is known what became of them */
  readonly onKnown: (count: number) => void;
}

/** Plans letters one by one as `dlq redrive` does, within a replay's choice and limit. */
export class ReplayPlan {
  /** How many letters are chosen to be sent. */
  planned = 0;
  readonly #request: ReplayRequest;
  readonly #most: number;

  constructor(request: ReplayRequest) {
    const { ids, limit = Number.POSITIVE_INFINITY } = request;
    this.#request = request;
    this.#most = Math.min(limit, ids?.length ?? limit);
  }

  /** Whether no further letter can be chosen. */
  get isFull(): boolean {
    return this.planned >= this.#most;
  }

  readonly planFor = (letter: DeadLetter): Plan | undefined => {
    const { ids, groups } = this.#request;
    if (this.isFull) return undefined;
    if (ids !== undefined && !ids.includes(letter.messageId)) return undefined;
    if (groups !== undefined && !groups.includes(groupKeyOf(letter))) return undefined;
    const plan = planFor(letter, this.#request);
    if (plan !== undefined && 'message' in plan) this.planned += 1;
    return plan;
  };
}

/**
 * Replays letters as `dlq redrive` does, then waits to see what became of them.
 *
 * @param stop ends it after the letters that are under way
 * @throws {UsageError} where it would send letters in a circle
 */
export async function replay(
  managed: Managed,
  request: ReplayRequest,
  { onRead, onSent, onKnown }: ReplayListener,
  stop: AbortSignal,
): Promise<ReplayOutcome | undefined> {
  const { clients, deployment } = managed;
  const queueUrl = await deployment.queueUrl();
  if (queueUrl === (await deployment.deadLetterQueueUrl())) {
    throw new UsageError('the queue and the dead-letter queue are the same; that would be a loop');
  }
  refuseEditedWebhook(request);
  if (request.from === 'webhooks') return redeliver(managed, request, { onRead, onSent }, stop);
  const since = Date.now();
  const enough = new AbortController();
  const plan = new ReplayPlan(request);
  const open = await managed.openLetters(AbortSignal.any([stop, enough.signal]), request.from);
  const redriving = await redriveAndRelease(open(), plan.planFor, {
    client: clients.sqs,
    queueUrl,
    stop,
    rate: request.rate,
    onProgress: (letters) => {
      onRead(letters, plan.planned);
      // Reading on would hide letters for nothing.
      if (plan.isFull) enough.abort();
    },
  });
  onSent(redriving);
  if (redriving.redriven.length === 0) return undefined;
  return outcomeOrWhyNot(async () =>
    redriveOutcomeOf(redriving.redriven, {
      ...{ client: clients.sqs, queueUrl, stop, since, waitSeconds: WAIT_SECONDS, onKnown },
      open: await managed.openLetters(new AbortController().signal),
      ledger: await ledgerIfAny(deployment, clients.dynamoDb),
      trail: await trailIfAny(deployment, clients.dynamoDb),
    }),
  );
}

/** Hands webhooks to their doors, which map them once more. What fails again stays. */
async function redeliver(
  managed: Managed,
  request: ReplayRequest,
  { onRead, onSent }: Pick<ReplayListener, 'onRead' | 'onSent'>,
  stop: AbortSignal,
): Promise<undefined> {
  const { clients, deployment } = managed;
  const plan = new ReplayPlan(request);
  const open = await managed.openLetters(stop, request.from);
  await using reader = open();
  const redriving = await redeliverLetters(reader, {
    lambda: clients.lambda,
    doorFunctionName: (source) => deployment.doorFunctionName(source),
    isMeant: (letter) => {
      const planned = plan.planFor(letter);
      return planned !== undefined && 'message' in planned;
    },
    limit: undefined,
  });
  onRead(reader.coverage.seen, plan.planned);
  onSent(redriving);
}

/** @throws {UsageError} since a door maps what its sender wrote, and nothing else */
export function refuseEditedWebhook({ from, body }: ReplayRequest): void {
  if (from !== 'webhooks' || body === undefined) return;
  throw new UsageError('a webhook is mapped by its door as its sender wrote it: undo the edit');
}

/** Releases the letters that it holds before the queues are read again. */
async function redriveAndRelease(
  opened: DeadLetterReader,
  ...rest: [Parameters<typeof redrive>[1], Parameters<typeof redrive>[2]]
): Promise<Redriving> {
  await using reader = opened;
  return await redrive(reader, ...rest);
}
