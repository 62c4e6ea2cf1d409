import { type Config, ConfigError, readConfig } from '../../lambda/config.ts';
import type { SourceName } from '../../webhooks/sources/source-names.ts';
import { UsageError } from '../errors.ts';
import type { UndeliveredSource } from '../options/letter-queue-options.ts';
import { stackOf, type TargetOptions } from '../options/target-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Clients } from './clients.ts';
import { functionEnvironment } from './function.ts';
import { queueAttributes, queueNameOf, queueUrlOf } from './queue-attributes.ts';
import { isOnThisMachine } from './reachable.ts';
import { type StackOutputs, stackOutputs } from './stack-outputs.ts';

/**
 * Finds the parts of one deployment: first from the options, then from the variables that
 * `npm start -- --serve` prints, then from the outputs of the stack, `STACK` or the usual one. `--stack`
 * comes before the variables, which may be left over. Nothing is looked up before it is needed, or twice.
 */
export class Deployment {
  readonly #options: TargetOptions;
  readonly #environment: Terminal['environment'];
  readonly #clients: Clients;
  #outputs: Promise<StackOutputs> | undefined;

  constructor(options: TargetOptions, { environment }: Terminal, clients: Clients) {
    this.#options = options;
    this.#environment = environment;
    this.#clients = clients;
  }

  async queueUrl(): Promise<string> {
    const given = this.#options.queue ?? this.#variable('QUEUE_URL');
    if (given !== undefined) return queueUrlOf(this.#clients.sqs, given);
    return (await this.#stack()).QueueUrl;
  }

  /** Where only the queue is given, its redrive policy names the dead-letter queue. */
  async deadLetterQueueUrl(): Promise<string> {
    const { sqs } = this.#clients;
    const { dlq, queue } = this.#options;
    if (dlq !== undefined) return queueUrlOf(sqs, dlq);
    if (queue !== undefined) {
      const { redrivePolicy } = await queueAttributes(sqs, await this.queueUrl());
      if (redrivePolicy === undefined) {
        throw new UsageError(`the queue ${queue} has no dead-letter queue; name one with --dlq`);
      }
      return queueUrlOf(sqs, queueNameOf(redrivePolicy.deadLetterTargetArn));
    }
    return this.#variable('DEAD_LETTER_QUEUE_URL') ?? (await this.#stack()).DeadLetterQueueUrl;
  }

  /** The queues of what could not be delivered, by source; none where the queues are given without a stack. */
  async undeliveredUrls(): Promise<Partial<Record<UndeliveredSource, string>>> {
    const local = this.#variable('WEBHOOKS_UNDELIVERED_URL');
    if (local !== undefined) return { webhooks: local };
    if ((await this.functionName()) === undefined) return {};
    const {
      TopicUndeliveredUrl: topic,
      RuleUndeliveredUrl: rule,
      WebhooksUndeliveredUrl: webhooks,
    } = await this.#stack();
    return { ...(topic && { topic }), ...(rule && { rule }), ...(webhooks && { webhooks }) };
  }

  /** The address of a source's door; undefined where there is none. */
  async doorUrl(source: SourceName): Promise<string | undefined> {
    const local = this.#variable('WEBHOOKS_URL');
    return local === undefined ? (await this.#stack()).doors[source]?.url : `${local}/${source}`;
  }

  /** The function of a source's door; undefined where there is none. */
  async doorFunctionName(source: SourceName): Promise<string | undefined> {
    return this.#variable('WEBHOOKS_URL') === undefined
      ? (await this.#stack()).doors[source]?.functionName
      : `local-${source}`;
  }

  /** @returns undefined where the queues are given without a stack */
  async functionName(): Promise<string | undefined> {
    const { stack, queue } = this.#options;
    const isStackMeant =
      stack !== undefined || (queue ?? this.#variable('QUEUE_URL')) === undefined;
    return isStackMeant ? (await this.#stack()).FunctionName : undefined;
  }

  /**
   * The function's own settings, from its environment: that of the deployed function, or the one
   * that the local system prints.
   *
   * @throws {UsageError} where neither is known
   */
  async functionSettings(): Promise<Config> {
    if (this.#options.stack === undefined) {
      const local = settingsIn(this.#environment);
      if (local !== undefined && isOnThisMachine(local.queueUrl)) return local;
    }
    const name = await this.functionName();
    if (name === undefined) {
      throw new UsageError(
        'a queue alone does not say where the keys are: name the stack with --stack, or export what npm start -- --serve prints',
      );
    }
    return readConfig(await functionEnvironment(this.#clients.lambda, name));
  }

  /**
   * The ledger's table, from the stack's outputs: no permission to read the function's environment is
   * needed.
   *
   * @returns undefined where there is none, or where the queues are given without a stack
   */
  async ledgerTable(): Promise<string | undefined> {
    return (await this.#tables()).ledgerTable;
  }

  /** The same of the trail's table. */
  async trailTable(): Promise<string | undefined> {
    return (await this.#tables()).trailTable;
  }

  async #tables(): Promise<Pick<Config, 'ledgerTable' | 'trailTable'>> {
    if (this.#options.stack === undefined) {
      const local = settingsIn(this.#environment);
      if (local !== undefined && isOnThisMachine(local.queueUrl)) return local;
    }
    const name = await this.functionName();
    if (name === undefined) return {};
    const { LedgerTableName, TrailTableName } = await this.#stack();
    return { ledgerTable: LedgerTableName, trailTable: TrailTableName };
  }

  /** The stack that was looked up, with its tags; undefined where the queues are given without one. */
  async stack(): Promise<{ name: string; tags: StackOutputs['tags'] } | undefined> {
    if ((await this.functionName()) === undefined) return undefined;
    return { name: this.#stackName, tags: (await this.#stack()).tags };
  }

  get #stackName(): string {
    return stackOf(this.#options, this.#environment);
  }

  /**
   * The topics that alarms go to, by what they are for.
   *
   * @returns undefined where the queues are given without a stack; empty where the stack has no alarms
   */
  async alarmTopics(): Promise<ReadonlyMap<string, string> | undefined> {
    if ((await this.functionName()) === undefined) return undefined;
    const { PageTopicArn, TicketTopicArn } = await this.#stack();
    return new Map([
      ...(PageTopicArn === undefined ? [] : [['pages', PageTopicArn] as const]),
      ...(TicketTopicArn === undefined ? [] : [['tickets', TicketTopicArn] as const]),
    ]);
  }

  #variable(name: string): string | undefined {
    return this.#options.stack === undefined ? this.#environment[name] || undefined : undefined;
  }

  #stack(): Promise<StackOutputs> {
    this.#outputs ??= stackOutputs(this.#clients.cloudFormation, this.#stackName);
    return this.#outputs;
  }
}

function settingsIn(environment: Terminal['environment']): Config | undefined {
  try {
    return readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
