import { historiesOf, ledgerIfAny } from '../../../cli/aws/ledger.ts';
import { type ReadingLimits, readerAsFunction } from '../../../cli/dead-letters/as-function.ts';
import { type DeadLetter, originOf } from '../../../cli/dead-letters/dead-letter.ts';
import { deathOf } from '../../../cli/dead-letters/death.ts';
import { redriven } from '../../../cli/dead-letters/redriven-message.ts';
import { type Summary, summaryOf } from '../../../cli/dead-letters/summary.ts';
import { describeError } from '../../../cli/errors.ts';
import { renderHistory } from '../../../cli/images/render-history.ts';
import type { UndeliveredSource } from '../../../cli/options/letter-queue-options.ts';
import { explainingReader } from '../../../lambda/contract/faults/explaining-reader.ts';
import type { Managed } from '../managed.ts';
import { type BodyCheck, checkBody } from './check-body.ts';
import { groupKeyOf } from './groups.ts';

/** Images whose history is shown: an event can name hundreds. */
const MAX_HISTORIES = 10;

/** All that is known of a dead letter. */
export interface LetterDetail extends Summary {
  readonly group: string;
  /** The source that could not deliver it; undefined where it is dead. */
  readonly from: UndeliveredSource | undefined;
  readonly body: string;
  /** What the contract finds in the body now. */
  readonly check: BodyCheck;
  /** Why it would be dead again as it is, by all that is known before FinerWorks is asked. */
  readonly diesAgain?: string | undefined;
  /** Name and value, for people. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** What the ledger knows of its images, in lines. */
  readonly histories: readonly { readonly guid: string; readonly lines: readonly string[] }[];
}

/** @param retentionSeconds of its queue */
export async function letterDetail(
  { letter, from }: { readonly letter: DeadLetter; readonly from: UndeliveredSource | undefined },
  managed: Managed,
  retentionSeconds: number,
): Promise<LetterDetail> {
  const { failure, redrive, body, attributes, receives, group } = letter;
  const origin = originOf(letter);
  const limits = await managed.limits();
  const facts: (readonly [string, string | number | undefined | null])[] = [
    [
      'answer of FinerWorks',
      failure?.http && `HTTP ${failure.http.status}: ${failure.http.excerpt}`,
    ],
    ['source', letter.source],
    ['account', letter.account],
    ...deathOf(letter),
    ['event time', origin.time],
    ['event id', origin.id],
    ['redriven', redrive && `${redrive.count} times`],
    ['message group', group],
    ['receives', receives],
  ];
  return {
    ...summaryOf(letter, retentionSeconds, Date.now()),
    group: groupKeyOf(letter),
    from,
    body,
    check: checkBody(body, explainingReader(limits)),
    // What a door will make of a webhook it alone knows.
    diesAgain: from === 'webhooks' ? undefined : whyDeadAgain(letter, limits),
    facts: facts.flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)]],
    ),
    attributes: Object.entries(attributes).map(([name, { DataType = '', StringValue }]) => [
      name,
      StringValue ?? `(${DataType})`,
    ]),
    histories: await knownOf(letter.guids.slice(0, MAX_HISTORIES), managed),
  };
}

/** A valid body is not all: its time may be refused for when it was sent, say. */
function whyDeadAgain(letter: DeadLetter, limits: ReadingLimits): string | undefined {
  const read = readerAsFunction(limits)(redriven(letter));
  return 'reason' in read ? `${read.reason}: ${read.detail}` : undefined;
}

async function knownOf(guids: readonly string[], { deployment, clients }: Managed) {
  try {
    const ledger = await ledgerIfAny(deployment, clients.dynamoDb);
    if (ledger === undefined) return [];
    const items = await historiesOf(guids, ledger);
    return items.map((item) => ({ guid: item.guid, lines: renderHistory(item, Date.now()) }));
  } catch (error) {
    const told = describeError(error);
    if (told === undefined) throw error;
    return [{ guid: '', lines: [`The ledger can't be read: ${told.message}`] }];
  }
}
