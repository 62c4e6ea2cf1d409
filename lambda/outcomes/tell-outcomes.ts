import { setTimeout as sleep } from 'node:timers/promises';
import { type AfterVerdicts, timeAfterVerdicts } from '../settlement/after-verdicts.ts';
import { connectBus } from './outcome-bus.ts';
import { connectTopic } from './outcome-topic.ts';
import { type OutcomeSettings, outcomesToTell } from './outcomes-to-tell.ts';
import { sendOutcomes } from './send-outcomes.ts';

/** For a service that is throttled for a moment, in milliseconds: half of it, and more by chance. */
const PAUSE = 200;

/** How many outcomes were not told, by reason. */
export type LostOutcomes = Readonly<Record<string, number>>;

/** Where outcomes go, and which. */
export interface TellerSettings extends OutcomeSettings {
  /** The ARN of a bus or a topic, or the name of a bus. */
  readonly target: string;
}

/**
 * Tells outcomes as long as there is time. What was not told by then is lost.
 *
 * @param onLost called where any is
 */
export function outcomeTeller(
  { target, ...settings }: TellerSettings,
  onLost: (lost: LostOutcomes) => void,
): AfterVerdicts {
  const send = isTopic(target) ? connectTopic(target) : connectBus(target);
  return async (records, context) => {
    const outcomes = outcomesToTell(records, settings, context);
    if (outcomes.length === 0) return;
    const signal = timeAfterVerdicts(context);
    const lost = await sendOutcomes(outcomes, {
      send: (batch) => send(batch, signal),
      pause: () =>
        sleep(PAUSE * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined),
    });
    if (lost.size > 0) onLost(countsOf(lost.values()));
  };
}

function isTopic(target: string): boolean {
  return target.split(':')[2] === 'sns';
}

function countsOf(reasons: Iterable<string>): LostOutcomes {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
