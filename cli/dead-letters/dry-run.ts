import type { Dependencies, Outcome } from '../definition.ts';
import { plural } from '../terminal/plural.ts';
import type { ReadAsFunction } from './as-function.ts';
import type { DeadLetter } from './dead-letter.ts';
import { countsOf } from './groups.ts';
import type { Coverage } from './reader.ts';
import type { LetterSource, Plan } from './redrive.ts';
import { renderCoverage } from './summary.ts';

/** Longest body in a line for people; `--json` has all of it. */
const BODY_LENGTH = 400;

interface DryRunDependencies extends Pick<Dependencies, 'emit'> {
  readonly readAsFunction: ReadAsFunction;
  readonly limit?: number | undefined;
}

/** What a redrive would do, counted: `--dry-run`. */
export class DryRun {
  readonly #dependencies: DryRunDependencies;
  readonly #messageIds: string[] = [];
  readonly #reasons: string[] = [];
  readonly #skipped: { messageId: string; why: string }[] = [];
  readonly #dying: string[] = [];

  constructor(dependencies: DryRunDependencies) {
    this.#dependencies = dependencies;
  }

  /** Tells of each letter what would be sent, and whether it must die again. */
  async read(
    source: LetterSource,
    planFor: (letter: DeadLetter) => Plan | undefined,
  ): Promise<void> {
    for await (const letters of source.letters()) {
      for (const letter of letters) {
        if (this.isFull) return;
        const plan = planFor(letter);
        if (plan !== undefined) this.#tell(letter, plan);
      }
    }
  }

  /** Whether so many would be sent as the limit allows. */
  get isFull(): boolean {
    return this.#messageIds.length >= (this.#dependencies.limit ?? Number.POSITIVE_INFINITY);
  }

  skip(messageId: string, why: string): void {
    this.#skipped.push({ messageId, why });
    this.#dependencies.emit(`${messageId}  would be left: ${why}`, { messageId, left: why });
  }

  outcome(coverage: Coverage): Outcome {
    const reasons = Object.entries(countsOf(this.#reasons)).map(
      ([one, count]) => `${one} ${count}`,
    );
    const dying = this.#dying.length;
    const lines = [
      `${plural(this.#messageIds.length, 'dead letter')} would be redriven${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}, and nothing was sent.`,
      ...(dying === 0 ? [] : [`${dying} of these must die again as they are.`]),
      this.isFull ? 'The others were not looked at, as --limit says.' : renderCoverage(coverage),
    ];
    return {
      exitCode: 0,
      text: lines.join(' '),
      json: {
        dryRun: true,
        redriven: this.#messageIds,
        dying: this.#dying,
        skipped: this.#skipped,
        ...coverage,
      },
    };
  }

  #tell(letter: DeadLetter, plan: Plan): void {
    const { messageId, reason, guids } = letter;
    if ('skipped' in plan) {
      this.skip(messageId, plan.skipped);
      return;
    }
    const { MessageBody: body = '' } = plan.message;
    const read = this.#dependencies.readAsFunction(plan.message);
    const dies = 'reason' in read ? read : undefined;
    this.#messageIds.push(messageId);
    this.#reasons.push(reason);
    if (dies !== undefined) this.#dying.push(messageId);
    const mark = dies ? `\n  MUST DIE AGAIN as ${dies.reason}: ${dies.detail}` : '';
    const shown = body.length <= BODY_LENGTH ? body : `${body.slice(0, BODY_LENGTH)}…`;
    this.#dependencies.emit(
      `${messageId}  ${reason}  ${guids.join(' ') || 'no image'}${mark}\n  ${shown}`,
      { messageId, reason, guids, body, ...(dies && { dies }) },
    );
  }
}
