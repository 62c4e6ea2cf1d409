import { explain } from '../../lambda/contract/faults/explain.ts';
import { eventReader } from '../../lambda/contract/image-event.ts';
import { rememberEvidence } from '../../lambda/evidence/memory-evidence.ts';
import type { Answer } from '../../lambda/finerworks/answer.ts';
import type { Call } from '../../lambda/finerworks/call.ts';
import type { Dependencies } from '../../lambda/pipeline.ts';
import * as deadLettering from '../../lambda/settlement/dead-lettering.ts';
import { answer, success } from './answers.ts';
import { keysOf, LIMITS, newMemory, REQUEST_ID } from './delivery.ts';
import { virtualTime } from './virtual-time.ts';

/** Dependencies with which all goes well, in virtual time; a test replaces what it is about. */
export function dependencies(parts: Partial<Dependencies> = {}): Dependencies {
  const time = virtualTime();
  return {
    clock: time,
    random: () => 0.5,
    readEvent: eventReader({}),
    explain: async (rejection) => explain(rejection),
    send: async () => success(),
    listImages: async () => success([]),
    listVirtualInventory: async () => answer(404),
    ledger: undefined,
    evidence: rememberEvidence(),
    loadDeadLettering: async () => deadLettering,
    keys: keysOf(),
    memory: newMemory(time),
    sendDeadLetters: async (entries) => receiptsFor(entries),
    changeVisibility: confirming,
    deleteMessages: confirming,
    limits: {
      // Most tests are about updates: what a preflight does has tests of its own.
      ...LIMITS,
      maxReceiveCount: 1_000,
      retryHours: 48,
      retentionHours: 168,
      callTimeoutSeconds: 25,
      unchangedDays: 90,
      clockAheadMinutes: 15,
      maxTimeAgeYears: 20,
    },
    ...parts,
  };
}

/** A queue that confirms every entry of a batch request. */
export async function confirming(entries: readonly { readonly Id: string }[]) {
  return new Set(entries.map(({ Id }) => Id));
}

/** What a dead-letter queue says that takes these entries: under which id it has each. */
export function receiptsFor(entries: readonly { readonly Id: string }[]): Map<string, string> {
  return new Map(entries.map(({ Id }) => [Id, `letter-${Id}`]));
}

export const INVOCATION = { requestId: REQUEST_ID, remainingMilliseconds: 120_000 };

/** A FinerWorks that answers as told and remembers which values it confirmed, newest last. */
export function recordingApi(answerOf: (call: Call, nth: number) => Answer) {
  const confirmed: { guid: string; title?: string | undefined }[] = [];
  let calls = 0;
  return {
    confirmed,
    send: async (call: Call): Promise<Answer> => {
      calls += 1;
      const answer = answerOf(call, calls);
      const isSuccess = answer.kind === 'answer' && answer.text.includes('"success":true');
      if (isSuccess && answer.status === 200) confirmed.push(...call.updates);
      return answer;
    },
  };
}
