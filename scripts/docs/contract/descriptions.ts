import type { bodySchemas } from '../../../lambda/contract/body.ts';
import type { Outcome } from '../../../lambda/outcomes/outcome.ts';

type Field = keyof ReturnType<typeof bodySchemas>['single']['shape'];

const TEXT = 'Absent or null: stays as it is. An empty text is a value.';

/**
 * What each field of a body and of its images means, for producers. It stands here and not beside
 * the schemas, because the function would load it and never read it.
 */
export const DESCRIPTIONS: Readonly<Record<Field, string>> = {
  account_key: 'The account of the images. Absent, null or empty: the one that the keys belong to.',
  id: 'Names the event where no envelope does; else the message id does.',
  source: 'Who sends the event, where no envelope says.',
  time: 'When it happened, RFC 3339, where no envelope says; else when it was sent. Decides what is newest. What has one reading is taken too: offsets as +0000 and +00, a space for T.',
  force: 'Send it even though FinerWorks is known to have the same values.',
  removeVirtualInventory: 'Virtual inventory products of its images may be lost for it.',
  guid: 'The image’s id at FinerWorks, in any case, with or without braces or urn:uuid:, or as 32 digits. All zeros: none was set, rejected.',
  title: TEXT,
  description: TEXT,
};

/** What each field of an outcome means, for those who are told. */
export const OUTCOME_DESCRIPTIONS: Readonly<Record<keyof Outcome['data'], string>> = {
  event:
    'What the event says of itself; ids longer than 128 characters are named by their SHA-256.',
  messageId: 'The message on the queue.',
  sentAt: 'When that message was sent.',
  receives: 'How often it was received.',
  origin: 'The first sending, where the message is a redrive of it, and how often it was redriven.',
  account: 'The account of the images; absent for the one that the keys belong to.',
  images: 'How many images the event changes; 0 where it could not be read.',
  guids: 'Which images; of an event with more than 5,000 the first.',
  reason: 'Why it was dead-lettered (docs/reasons.md).',
  lastReason: 'For RetriesExhausted: the cause of the last failure.',
  detail:
    'The beginning of what is wrong, without texts of images; absent where the event could not be read.',
  faulty: 'The images at fault, where not all of them are: the first 20.',
  status: 'The HTTP status of FinerWorks’ answer, where that decided.',
  letterId: 'The message in the dead-letter queue.',
};
