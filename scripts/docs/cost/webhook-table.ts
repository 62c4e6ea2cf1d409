import { ANSWERS } from '../../../webhooks/answers.ts';
import { table } from '../table.ts';
import { dollarsOf, type Usage } from './prices.ts';

const MILLION = 1_000_000;
/** Of a door (infra/webhooks/doors.ts). */
const MEMORY_GIGABYTES = 0.5;
/** How long a door takes to wait for SQS, and for two answers of a PIM: assumptions, measured nowhere. */
const SECONDS = 0.02;
const SECONDS_OF_PIM = 0.4;
/** Lambda's own two lines on an invocation, as JSON: an assumption. */
export const LOG_BYTES_OF_LAMBDA = 600;
/** With the metric; a test holds it above what a door writes. */
export const LOG_BYTES_OF_WEBHOOK = 1_000;

/** The metrics that a door may write. */
export const DOOR_METRICS = new Set(Object.values(ANSWERS).map(({ metric }) => metric)).size;

/** What a million webhooks cost at a door, by what becomes of them. */
export function webhookTable(): string {
  const cases = [
    { what: 'of a product without a guid, or another topic', seconds: SECONDS, sent: 0 },
    { what: 'put on the queue', seconds: SECONDS, sent: 1 },
    { what: 'of Akeneo, put on the queue', seconds: SECONDS + SECONDS_OF_PIM, sent: 1 },
  ];
  const rows = cases.map(({ what, seconds, sent }) => {
    const parts: Usage[] = [
      { lambdaRequest: MILLION },
      { lambdaTime: MILLION * seconds * MEMORY_GIGABYTES },
      { queueRequest: MILLION * sent },
      { log: MILLION * LOG_BYTES_OF_WEBHOOK },
    ];
    const sum = parts.reduce((dollars, part) => dollars + dollarsOf(part), 0);
    return [what, ...[...parts.map(dollarsOf), sum].map((dollars) => `$${dollars.toFixed(2)}`)];
  });
  return table(['webhooks', 'invocations', 'their time', 'to send', 'log', 'together'], rows);
}
