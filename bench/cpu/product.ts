import type { SQSEvent } from 'aws-lambda';
import { eventReader } from '../../lambda/contract/image-event.ts';
import { batch } from '../../lambda/delivery/batch.ts';
import { toBody } from '../../lambda/finerworks/call.ts';
import { coalesce } from '../../lambda/images/coalesce.ts';
import { recordsOf } from '../../lambda/records/lambda-event.ts';
import { parseRecord } from '../../lambda/records/parse-record.ts';
import { settle } from '../../lambda/settlement/settle.ts';
import { VerdictRegistry } from '../../lambda/verdicts/verdict-registry.ts';

/** The defaults of lambda/config.ts. */
const LIMITS = {
  clockAheadMinutes: 15,
  maxTimeAgeYears: 20,
  maxImagesPerCall: 50,
  maxBytesPerCall: 1_000_000,
};
const DEPENDENCIES = { readEvent: eventReader({}), limits: LIMITS };

/** The pipeline's own steps from record to verdict, as if FinerWorks took every call. */
export async function runProduct(event: SQSEvent): Promise<string[]> {
  const readings = recordsOf(event).map((record) => parseRecord(record, DEPENDENCIES));
  const updates = coalesce(readings.flatMap(({ changes }) => changes));
  const calls = await Array.fromAsync(batch([{ lane: null, updates }], LIMITS));
  const bodies = calls.map(toBody);
  const registry = new VerdictRegistry();
  for (const update of updates) registry.record(update, { kind: 'applied' });
  const isSettled = settle(readings, registry).every(({ verdict }) => verdict.kind === 'applied');
  if (!isSettled) throw new Error('a record was not settled');
  return bodies;
}
