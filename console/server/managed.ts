import type { Clients } from '../../cli/aws/clients.ts';
import type { Deployment } from '../../cli/aws/deployment.ts';
import { isProduction } from '../../cli/aws/production.ts';
import { queueNameOf } from '../../cli/aws/queue-attributes.ts';
import { isOnThisMachine } from '../../cli/aws/reachable.ts';
import { findTarget } from '../../cli/aws/target.ts';
import type { ReadingLimits } from '../../cli/dead-letters/as-function.ts';
import { letterQueueUrl } from '../../cli/dead-letters/open-dead-letters.ts';
import { DeadLetterReader } from '../../cli/dead-letters/reader.ts';
import { readingLimits } from '../../cli/dead-letters/reading-limits.ts';
import { type ReasonsBeside, reasonsBeside } from '../../cli/dead-letters/reasons-beside.ts';
import { describeError } from '../../cli/errors.ts';
import {
  UNDELIVERED_SOURCES,
  type UndeliveredSource,
} from '../../cli/options/letter-queue-options.ts';
import { stackOf, type TargetOptions } from '../../cli/options/target-options.ts';
import type { Terminal } from '../../cli/terminal/terminal.ts';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import type { ReadEvent } from '../../lambda/contract/image-event.ts';
import { Snapshot } from './letters/snapshot.ts';
import { DepthSamples } from './overview/depth-samples.ts';

/** A deployment that the console shows, with what the console keeps of it in memory. */
export class Managed {
  readonly id: string;
  readonly name: string;
  readonly isLocal: boolean;
  readonly target: TargetOptions;
  readonly terminal: Terminal;
  readonly clients: Clients;
  readonly deployment: Deployment;
  /** Of the dead letters. */
  readonly snapshot = new Snapshot();
  /** Of what was not delivered. */
  readonly #undelivered: Readonly<Record<UndeliveredSource, Snapshot>> = {
    topic: new Snapshot(),
    rule: new Snapshot(),
    webhooks: new Snapshot(),
  };
  readonly samples = new DepthSamples();
  readonly #reasonsBeside: ReasonsBeside;

  constructor(id: string, target: TargetOptions, terminal: Terminal) {
    this.id = id;
    this.target = target;
    this.terminal = terminal;
    const { clients, deployment } = findTarget(target, terminal);
    this.clients = clients;
    this.deployment = deployment;
    const queue =
      target.queue ?? (target.stack === undefined ? terminal.environment.QUEUE_URL : undefined);
    this.isLocal = queue !== undefined && isOnThisMachine(queue);
    this.name = this.isLocal ? 'local system' : nameOf(queue, target, terminal);
    this.#reasonsBeside = reasonsBeside(this.deployment, this.clients.dynamoDb);
  }

  /** Whether mistakes here reach customers; until AWS answers, only the name tells. */
  async isProduction(): Promise<boolean> {
    try {
      return isProduction(await this.deployment.queueUrl(), await this.deployment.stack());
    } catch (error) {
      if (describeError(error) === undefined) throw error;
      return isProduction('', { name: this.name, tags: {} });
    }
  }

  /** The list of dead letters, or of what a source could not deliver. */
  snapshotOf(from?: UndeliveredSource): Snapshot {
    return from === undefined ? this.snapshot : this.#undelivered[from];
  }

  /** Finds a letter in any list that was read. */
  findLetter(messageId: string) {
    for (const from of [undefined, ...UNDELIVERED_SOURCES]) {
      const letter = this.snapshotOf(from).find(messageId);
      if (letter !== undefined) return { letter, from };
    }
    return undefined;
  }

  /** The queue of dead letters, or of what a source could not deliver. */
  letterQueueUrl(from?: UndeliveredSource): Promise<string> {
    return letterQueueUrl(this.deployment, from);
  }

  /** Opens that queue. @param stop ends the reading */
  async openLetters(stop: AbortSignal, from?: UndeliveredSource): Promise<() => DeadLetterReader> {
    const url = await this.letterQueueUrl(from);
    return () => new DeadLetterReader(this.clients.sqs, url, stop, this.#reasonsBeside);
  }

  /** The contract as this deployment's function reads it. */
  async readEvent(): Promise<ReadEvent> {
    return explainingReader(await this.limits());
  }

  /** What its settings say of events. */
  limits(): Promise<ReadingLimits> {
    return readingLimits(this.deployment, {});
  }
}

function nameOf(
  queue: string | undefined,
  target: TargetOptions,
  { environment }: Terminal,
): string {
  if (queue === undefined) return stackOf(target, environment);
  return queueNameOf(queue.replaceAll('/', ':'));
}
