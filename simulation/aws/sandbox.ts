import type { SQSBatchResponse } from 'aws-lambda';
import type { EvidenceStore } from '../../lambda/evidence/evidence-store.ts';
import type { KeySource } from '../../lambda/keys/key-source.ts';
import type { SandboxMemory } from '../../lambda/lanes/sandbox-memory.ts';
import { callPorts } from '../finerworks/call-port.ts';
import type { Product } from '../product.ts';
import { kills } from '../world/killer.ts';
import { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import { evidencePort } from './evidence-port.ts';
import { type Invocation, newInvocation } from './invocation.ts';
import { ledgerPort } from './ledger-port.ts';
import type { Received } from './message.ts';
import { tellOutcomes } from './outcome-port.ts';
import { queuePorts } from './queue-ports.ts';
import { secretPort } from './secret-port.ts';
import { toRecord } from './to-record.ts';

/** An invocation that is over. The response is missing where the function gave none. */
export interface Ended {
  readonly invocation: Invocation;
  readonly response?: SQSBatchResponse;
}

/**
 * One sandbox of the function, with what lives as long as it does: keys, memory and the reader of
 * events. Between two invocations it is frozen, for as long as nothing is to be done.
 */
export class Sandbox {
  readonly #world: World;
  readonly #memory: SandboxMemory;
  /** Used instead of the table where there is no ledger. */
  readonly #evidence: EvidenceStore;
  readonly #keySource: KeySource;
  readonly #readEvent: ReturnType<Product['eventReader']>;
  #name: string | undefined;

  constructor(world: World) {
    const { product, scheduler, settings } = world;
    this.#world = world;
    this.#memory = new product.SandboxMemory(settings, scheduler.now());
    this.#evidence = product.rememberEvidence();
    this.#readEvent = product.eventReader({});
    this.#keySource = new product.KeySource(
      { secretId: 'finerworks', keysCacheSeconds: settings.keysCacheSeconds, now: scheduler.now },
      () => world.trace.tell('keys', 'older keys still serve'),
    );
  }

  /** Runs one invocation, until it is answered, or dies, or Lambda ends it. */
  invoke(name: string, records: readonly Received[]): Promise<Ended> {
    const { scheduler, settings, trace, oracle, random, conditions } = this.#world;
    const startedAt = scheduler.now();
    const endsAt = startedAt + settings.timeoutSeconds * 1_000;
    this.#name ??= name;
    const invocation = newInvocation({ name, sandbox: this.#name, startedAt, endsAt, records });
    const batch = records.map(({ message, receives }) => `${message.event.name}#${receives}`);
    trace.tell(name, `begins with ${batch.join(' ')}`);
    return new Promise((resolve) => {
      const end = (how: NonNullable<Invocation['end']>, response?: SQSBatchResponse) => {
        invocation.end = how;
        resolve({ invocation, ...(response !== undefined && { response }) });
      };
      const life = new Life(
        scheduler,
        random.fork(`life of ${name}`),
        () => conditions.strength('dying'),
        {
          onDeath: (cause) => {
            trace.tell(name, `dies ${cause}`);
            end(cause === TIME_IS_UP ? 'timedOut' : 'died');
          },
          onActAfterEnd: (act) => oracle.report('ActedAfterEnd', `${act} by ${name}`),
        },
      );
      scheduler.after(endsAt - startedAt, () => life.die(TIME_IS_UP));
      this.#run(invocation, life).then(
        (response) => {
          if (life.end()) end('answered', response);
        },
        (error: unknown) => {
          if (!life.end()) return;
          trace.tell(name, `fails: ${error instanceof Error ? error.stack : error}`);
          end('failed');
        },
      );
    });
  }

  /** Reads bodies as the function does, unless one of them ends the process. */
  #reader(invocation: Invocation, life: Life): ReturnType<Product['eventReader']> {
    return (body, attributes) => {
      if (kills(this.#world, 'reading', body)) {
        invocation.isKilled = true;
        life.die('of a record');
      }
      return this.#readEvent(body, attributes);
    };
  }

  async #run(invocation: Invocation, life: Life): Promise<SQSBatchResponse> {
    const { product, scheduler, settings, random, oracle } = this.#world;
    const readSecret = secretPort(this.#world, invocation, life);
    const current = await this.#keySource.keys(() => readSecret(false));
    const keys = { current, reload: () => this.#keySource.reload(() => readSecret(true)) };
    invocation.flowStartedAt = scheduler.now();
    const { response, outcomes } = await product.run(
      { Records: invocation.records.map(toRecord) },
      {
        limits: settings,
        clock: { now: scheduler.now, sleep: life.sleep },
        random: random.fork(`chance of ${invocation.name}`).next,
        readEvent: this.#reader(invocation, life),
        // Not loaded on demand: that would take real time.
        explain: async (rejection) => product.explain(rejection),
        ...callPorts(this.#world, invocation, life),
        ledger: settings.ledger ? ledgerPort(this.#world, invocation, life) : undefined,
        keys: async () => keys,
        memory: this.#memory,
        ...queuePorts(this.#world, invocation, life),
        loadDeadLettering: async () => product.deadLettering,
        evidence: settings.ledger ? evidencePort(this.#world, invocation, life) : this.#evidence,
      },
      {
        requestId: `request-${invocation.name}`,
        remainingMilliseconds: invocation.endsAt - invocation.flowStartedAt,
      },
    );
    invocation.trail = product.trailEntries(outcomes);
    await tellOutcomes(this.#world, invocation, life, outcomes);
    for (const { parsed, verdict } of outcomes) {
      if (verdict.kind !== 'retry') continue;
      invocation.reasons.set(parsed.record.receiptHandle, verdict.reason);
      if (verdict.reason === 'Unexpected') {
        oracle.report('UnexpectedReason', `${invocation.name}: ${verdict.detail}`);
      }
    }
    return response;
  }
}

const TIME_IS_UP = 'as its time is up';
