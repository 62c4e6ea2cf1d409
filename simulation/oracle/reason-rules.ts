import type { Readings } from '../../local/finerworks/readings.ts';
import type { Invocation } from '../aws/invocation.ts';
import type { Library } from '../finerworks/library.ts';
import { badImagesOf } from '../finerworks/truth.ts';
import type { ProducedEvent } from '../producer/event.ts';
import { BAD_GUID } from '../producer/images.ts';
import type { Settings } from '../scenario.ts';
import type { Failure } from './dead-letter-rules.ts';
import { violatedByGivingUp } from './exhaustion-rules.ts';
import type { RefusalBook } from './refusal-book.ts';
import type { Report, Rule } from './violation.ts';

/** From then on an image that no list shows may be blamed without a success (docs/retries.md). */
const LONG_REFUSED = 600_000;
/** Sandboxes share refused images, but not at once: only so many times the limit surely counts as many. */
const MANY = 3;

/** A dead letter, and all that is known of how it came about. */
export interface DeadLetterCase {
  readonly event: ProducedEvent;
  readonly failure: Failure;
  readonly invocation: Invocation;
  readonly settings: Settings;
  /** The largest body that FinerWorks takes. */
  readonly maxBytes: number;
  readonly readings: Readings;
  readonly library: Library;
  readonly refusals: RefusalBook;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many invocations that held the record died, or could not note that they did not. */
  readonly deaths: number;
  /** Whether what sandboxes know may not have reached the others. */
  readonly isEvidenceLost: boolean;
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
  // At its last receive a record is given up unread where it may have killed the process.
  const isUnread = failure.reason === 'RetriesExhausted';
  if (event.invalid !== undefined && !isUnread) {
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

/** Whether an image of the event was refused while everything of its account was. */
function wasRefusedWithAll({ event, invocation }: DeadLetterCase): boolean {
  const guids = new Set(event.images.map(({ guid }) => guid));
  return invocation.calls.some(
    ({ isContractWrong, call }) =>
      isContractWrong === true && call.images.some(({ guid }) => guids.has(guid)),
  );
}

function violatedByRefusal(deadLetter: DeadLetterCase): Rule | undefined {
  const { event, failure, maxBytes, readings, refusals } = deadLetter;
  const bad = [...badImagesOf(event, { maxBytes, readings }), ...tooLargeInCompany(deadLetter)];
  if (bad.length === 0) {
    if (!wasRefusedWithAll(deadLetter)) return 'WronglyDeadLettered';
    return isBlameExcused(deadLetter) ? undefined : 'BlamedInOutage';
  }
  const isAtFault = (guid: string) => bad.includes(guid) || isProtected(deadLetter, guid);
  if (isTooYoung(deadLetter)) return 'BlamedTooYoung';
  const isJust = failure.guids.length > 0 && failure.guids.every(isAtFault);
  if (!isJust && !wasRefusedWithAll(deadLetter)) return 'WronglyBlamed';
  const blamed = failure.guids.filter((guid) => !isProtected(deadLetter, guid));
  const images = event.images.filter(({ guid }) => blamed.includes(guid));
  const isProved = images.every((image) => refusals.isToldApart(image, event.account));
  return isProved || isBlameExcused(deadLetter) ? undefined : 'BlamedWithoutEvidence';
}

/**
 * Images that are too large by what was sent along with them. Without it their other text might be lost
 * (docs/decisions.md), so that this event has to give both, or a shorter one.
 */
function tooLargeInCompany({ event, invocation, maxBytes }: DeadLetterCase): string[] {
  return event.images.flatMap(({ guid }) => {
    const isTooLarge = invocation.calls.some(
      ({ call, standing, meaning }) =>
        meaning === 'refused' &&
        standing.length > 0 &&
        call.images.every((image) => image.guid === guid) &&
        Buffer.byteLength(call.text) > maxBytes,
    );
    return isTooLarge ? [guid] : [];
  });
}

/** Whether FinerWorks may still come to know an image that it never took, and that no list shows. */
function isTooYoung(deadLetter: DeadLetterCase): boolean {
  const { event, failure, library, refusals, settings, now } = deadLetter;
  const age = now - event.order.sentAt;
  if (age >= settings.newImageSeconds * 1_000) return false;
  const isSeen = (guid: string) => refusals.wasTaken(guid) || library.isListed(guid);
  return failure.guids.some((guid) => guid.startsWith(BAD_GUID) && !isSeen(guid));
}

/**
 * An image that is refused for long, as one of few of its account, and that can't serve as a control, looks
 * the same as a bad one.
 */
function isBlameExcused(deadLetter: DeadLetterCase): boolean {
  const { event, refusals, settings, now, isEvidenceLost } = deadLetter;
  const areFew = refusals.refusedSince(event.account, now) < MANY * settings.systemicRefusalImages;
  return event.images.some(
    (image) =>
      now - (refusals.valueRefusedAt(image) ?? now) >= LONG_REFUSED && (areFew || isEvidenceLost),
  );
}
