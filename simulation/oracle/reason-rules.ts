import type { Invocation } from '../aws/invocation.ts';
import type { Library } from '../finerworks/library.ts';
import { badImagesOf } from '../finerworks/truth.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Settings } from '../scenario.ts';
import type { Failure } from './dead-letter-rules.ts';
import { isSystemicRefusal } from './refusals.ts';
import type { Report, Rule } from './violation.ts';

/** With so many receives a record outlasts a day of outage (docs/retries.md). */
const RECEIVES_FOR_A_DAY = 200;

/** A dead letter, and all that is known of how it came about. */
export interface DeadLetterCase {
  readonly event: ProducedEvent;
  readonly failure: Failure;
  readonly invocation: Invocation;
  readonly settings: Settings;
  /** The largest body that FinerWorks takes. */
  readonly maxBytes: number;
  readonly library: Library;
}

/** Whether a dead letter's origin and reason are the true ones, by what its event's maker knows. */
export function checkReason(deadLetter: DeadLetterCase, report: Report): void {
  const { event, failure, invocation } = deadLetter;
  const where = `${event.name} in ${invocation.name}`;
  const { origin } = failure;
  if (origin.messageId !== event.originId || origin.sentTimestamp !== event.order.sentAt) {
    report('WrongOrigin', `${where}: ${JSON.stringify(origin)}`);
  }
  const rule = violatedBy(deadLetter);
  if (rule !== undefined) {
    report(rule, `${where} as ${failure.reason}, blaming ${failure.guids.join(' ') || 'nobody'}`);
  }
}

function violatedBy(deadLetter: DeadLetterCase): Rule | undefined {
  const { event, failure } = deadLetter;
  if (event.invalid !== undefined) {
    return failure.reason === event.invalid ? undefined : 'WrongReason';
  }
  if (failure.reason === 'RetriesExhausted') return violatedByGivingUp(deadLetter);
  if (failure.reason === 'WouldRemoveInventory') return violatedByProtection(deadLetter);
  return failure.reason === 'Refused' ? violatedByRefusal(deadLetter) : 'WronglyDeadLettered';
}

function violatedByProtection(deadLetter: DeadLetterCase): Rule | undefined {
  const isJust = deadLetter.failure.guids.some((guid) => isProtected(deadLetter, guid));
  return isJust ? undefined : 'WronglyDeadLettered';
}

/** Whether an update of the image could have removed products that the event does not give up. */
function isProtected({ event, library, settings }: DeadLetterCase, guid: string): boolean {
  const isAllowed = settings.virtualInventory === 'remove' || event.removeVirtualInventory;
  return !isAllowed && library.hadProducts(guid);
}

function violatedByGivingUp({ event, invocation, settings }: DeadLetterCase): Rule | undefined {
  const receives = invocation.records
    .filter(({ message }) => message.event === event)
    .map((record) => record.receives);
  if (Math.max(...receives) < settings.maxReceiveCount) return 'ExhaustedEarly';
  return settings.maxReceiveCount >= RECEIVES_FOR_A_DAY ? 'OutageExhausted' : undefined;
}

function violatedByRefusal(deadLetter: DeadLetterCase): Rule | undefined {
  const { event, failure, invocation, settings, maxBytes } = deadLetter;
  if (isSystemicRefusal(invocation, invocation.calls, settings.systemicRefusalImages)) {
    return 'SystemicRefusalIgnored';
  }
  // Below the limit a refusal of everything can't be told from bad images.
  if (invocation.calls.some(({ isContractWrong }) => isContractWrong)) return undefined;
  const bad = badImagesOf(event, maxBytes);
  if (bad.length === 0) return 'WronglyDeadLettered';
  const isAtFault = (guid: string) => bad.includes(guid) || isProtected(deadLetter, guid);
  const isJust = failure.guids.length > 0 && failure.guids.every(isAtFault);
  return isJust ? undefined : 'WronglyBlamed';
}
