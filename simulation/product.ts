import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { explain } from '../lambda/contract/faults/explain.ts';
import type { eventReader } from '../lambda/contract/image-event.ts';
import type { rememberEvidence } from '../lambda/evidence/memory-evidence.ts';
import type { toBody } from '../lambda/finerworks/call.ts';
import type { KeySource } from '../lambda/keys/key-source.ts';
import type { SandboxMemory } from '../lambda/lanes/sandbox-memory.ts';
import type { outcomesToTell } from '../lambda/outcomes/outcomes-to-tell.ts';
import type { sendOutcomes } from '../lambda/outcomes/send-outcomes.ts';
import type { run } from '../lambda/pipeline.ts';
import type * as deadLettering from '../lambda/settlement/dead-lettering.ts';
import type { trailEntries } from '../lambda/trail/trail-entries.ts';

/** What is simulated: the function's own code, without middy and the network. */
export interface Product {
  readonly run: typeof run;
  readonly eventReader: typeof eventReader;
  readonly explain: typeof explain;
  readonly toBody: typeof toBody;
  readonly KeySource: typeof KeySource;
  readonly SandboxMemory: typeof SandboxMemory;
  readonly rememberEvidence: typeof rememberEvidence;
  readonly deadLettering: typeof deadLettering;
  readonly trailEntries: typeof trailEntries;
  readonly outcomesToTell: typeof outcomesToTell;
  readonly sendOutcomes: typeof sendOutcomes;
}

/**
 * Loads the function's code from a directory, so that a copy with a fault in it can take the
 * place of the real one.
 *
 * @param directory `lambda/`, or a copy of it inside the repository
 */
export async function loadProduct(directory: string): Promise<Product> {
  const load = (file: string) => import(pathToFileURL(join(directory, file)).href);
  const modules = await Promise.all(
    [
      'pipeline.ts',
      'contract/image-event.ts',
      'contract/faults/explain.ts',
      'finerworks/call.ts',
      'keys/key-source.ts',
      'lanes/sandbox-memory.ts',
      'evidence/memory-evidence.ts',
      'trail/trail-entries.ts',
      'outcomes/outcomes-to-tell.ts',
      'outcomes/send-outcomes.ts',
    ].map(load),
  );
  return Object.assign({}, ...modules, {
    deadLettering: await load('settlement/dead-lettering.ts'),
  });
}
