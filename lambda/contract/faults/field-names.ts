import { FIELDS } from '../fields.ts';

const IMAGE_FIELDS = ['guid', ...FIELDS] as const;
const EVENT_FIELDS = ['account_key', 'time', 'force', 'removeVirtualInventory'] as const;
const LABELS = ['id', 'source'] as const;

/**
 * A field whose loss would lose a change, an account or an order. `id` and `source` are none: they
 * are a producer's own affair, and without them an event is named by its message.
 */
export type GuardedField = (typeof IMAGE_FIELDS)[number] | (typeof EVENT_FIELDS)[number] | 'images';

/** Where a field can stand: in an event with a list of images, in an image of it, in an event of one image. */
export const KNOWN_FIELDS = {
  list: new Set<string>(['images', ...EVENT_FIELDS, ...LABELS]),
  image: new Set<string>(IMAGE_FIELDS),
  single: new Set<string>(['images', ...IMAGE_FIELDS, ...EVENT_FIELDS, ...LABELS]),
} as const;

/**
 * Other names that surely mean a field, without case, underscores and hyphens. A name that a
 * producer may well have for something else is not here: `name`, `caption`, `alt`, `date`, `account`,
 * `created_at`. They count only where the field itself says nothing and the value is of its type:
 * `updated_at` beside a `time` is harmless, and a list `titles` is no title.
 */
export const SYNONYMS: Readonly<Record<GuardedField, readonly string[]>> = {
  // What FinerWorks' virtual inventory calls it, and what people call it elsewhere.
  guid: ['imageguid', 'imageuuid', 'imageid', 'finerworksguid', 'finerworksimageguid'],
  images: ['imagelist', 'imagedetails', 'updateimagedetails', 'imageupdates'],
  // Headings of exports, and letters that changed places.
  title: ['imagetitle', 'newtitle', 'titel', 'tilte', 'ttile', 'tittle'],
  description: ['imagedescription', 'newdescription', 'desc'],
  // FinerWorks' file manager, and its model image_library.
  account_key: ['libraryaccountkey', 'finerworksaccountkey', 'imageaccountkey'],
  // Rails, Laravel, Shopify, WooCommerce, HTTP. When something was created is another matter.
  time: [
    ...['updatedat', 'updatedon', 'dateupdated', 'lastupdated', 'lastupdatedat', 'updatetime'],
    ...['modifiedat', 'modifiedon', 'datemodified', 'lastmodified', 'lastmodifiedat'],
    ...['changedat', 'occurredat', 'eventtime', 'eventtimestamp', 'timestamp'],
  ],
  force: [],
  removeVirtualInventory: ['removevirtualinventoryproducts'],
};

/** Names so long that one wrong letter makes no other word: `descripton`. */
export const LONG_NAMES = ['description', 'account_key', 'removeVirtualInventory'] as const;
