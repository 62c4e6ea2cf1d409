import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { DeployedFunction } from '../function.ts';
import type { Monitoring } from '../monitoring/monitoring.ts';
import type { Queues } from '../queues.ts';
import type { Door } from '../webhooks/doors.ts';

/** What access is given to. */
export interface Parts {
  readonly queues: Queues;
  /** What a topic or a rule could not deliver, or a door could not map. */
  readonly undelivered: readonly IQueue[];
  readonly doors: readonly Door[];
  readonly ledger: Table | undefined;
  readonly trail: Table | undefined;
  readonly deployed: DeployedFunction;
  readonly monitoring: Monitoring | undefined;
}

/** Every queue whose messages people read and send again. */
export function letterQueues({ queues, undelivered }: Parts): readonly IQueue[] {
  return [queues.deadLetterQueue, ...undelivered];
}
