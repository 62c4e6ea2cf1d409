import { eventReader } from '../../lambda/contract/image-event.ts';
import type { Answer } from '../../lambda/finerworks/answer.ts';
import type { Call } from '../../lambda/finerworks/call.ts';
import { Pace } from '../../lambda/finerworks/pace.ts';
import type { Surroundings } from '../../lambda/pipeline.ts';
import { success } from './answers.ts';
import { KEYS } from './delivery.ts';
import { virtualTime } from './virtual-time.ts';

/** Surroundings in which all goes well, in virtual time; a test replaces what it is about. */
export function surroundings(parts: Partial<Surroundings> = {}): Surroundings {
  const time = virtualTime();
  return {
    clock: time,
    random: () => 0.5,
    readEvent: eventReader({}),
    send: async () => success(),
    listImages: async () => success([]),
    ledger: undefined,
    keys: { current: KEYS, reload: async () => undefined },
    pace: new Pace(undefined, time.now()),
    sendDeadLetters: async (entries) => new Set(entries.map(({ Id }) => Id)),
    changeVisibility: async (entries) => new Set(entries.map(({ Id }) => Id)),
    limits: {
      maxImagesPerCall: 50,
      maxBytesPerCall: 1_000_000,
      maxReceiveCount: 200,
      callTimeoutSeconds: 25,
      maxIsolationCalls: 100,
      systemicRefusalImages: 5,
      unchangedDays: 90,
      clockAheadMinutes: 15,
      // Most tests are about updates: what a look at the inventory does has tests of its own.
      virtualInventory: 'remove',
    },
    ...parts,
  };
}

export const INVOCATION = { requestId: 'request-1', remainingMilliseconds: 120_000 };

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
