import type { bodySchemas } from '../../../lambda/contract/body.ts';

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
