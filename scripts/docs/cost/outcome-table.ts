import { OUTCOME_KINDS } from '../../../lambda/outcomes/outcome-kinds.ts';
import { outcomesToTell } from '../../../lambda/outcomes/outcomes-to-tell.ts';
import { sendOutcomes } from '../../../lambda/outcomes/send-outcomes.ts';
import { table } from '../table.ts';
import { AT, type MeasuredBatch, recordsOf, uuid } from './measured-batch.ts';
import { dollarsOf } from './prices.ts';

const MILLION = 1_000_000;
/** Both services charge by parts of so many bytes (PRICES). */
const PART = 65_536;

/** Batches of many sizes, and what their outcomes cost for a million events. */
export async function outcomeTable(): Promise<string> {
  const cases: readonly MeasuredBatch[] = [
    { records: 1, imagesPerEvent: 1 },
    { records: 10, imagesPerEvent: 1 },
    { records: 500, imagesPerEvent: 1 },
    { records: 40, imagesPerEvent: 50 },
  ];
  const rows = await Promise.all(cases.map(rowOf));
  const header = ['events in a batch', 'bytes an event', 'requests', 'to a bus', 'to a topic'];
  return table(header, rows);
}

async function rowOf(batch: MeasuredBatch): Promise<string[]> {
  const { records, imagesPerEvent } = batch;
  const requests = await requestsOf(batch);
  const ofMillion = (units: number) => (units / records) * MILLION;
  const parts = (bytes: number) => Math.ceil(bytes / PART);
  const bytes = sum(requests.flat());
  const outcomeToBus = ofMillion(sum(requests.flat().map(parts)));
  const outcomeToTopic = ofMillion(sum(requests.map((sizes) => parts(sum(sizes)))));
  return [
    `${records}, ${imagesPerEvent === 1 ? 'one image' : `${imagesPerEvent} images`} each`,
    `${Math.round(bytes / records)}`,
    ofMillion(requests.length).toLocaleString('en'),
    `$${dollarsOf({ outcomeToBus }).toFixed(2)}`,
    `$${dollarsOf({ outcomeToTopic }).toFixed(2)}`,
  ];
}

/** The requests that the function makes itself: the bytes of each outcome in each. */
async function requestsOf(batch: MeasuredBatch): Promise<number[][]> {
  const settings = { kinds: OUTCOME_KINDS, service: 'ImageUpdates-Function' };
  const context = { requestId: uuid('invocation'), now: AT };
  const outcomes = outcomesToTell(recordsOf(batch), settings, context);
  const requests: number[][] = [];
  await sendOutcomes(outcomes, {
    pause: async () => {},
    send: async (sent) => {
      requests.push(sent.map((outcome) => Buffer.byteLength(JSON.stringify(outcome))));
      return new Map();
    },
  });
  return requests;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
