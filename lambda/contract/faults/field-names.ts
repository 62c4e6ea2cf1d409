import { FIELDS } from '../fields.ts';

const IMAGE_FIELDS = ['guid', ...FIELDS] as const;
const EVENT_FIELDS = ['account_key', 'time', 'force', 'removeVirtualInventory'] as const;
const LABELS = ['id', 'source'] as const;

/**
 * A field that must not be ignored under a wrong name: a change, an account or an order would be lost.
 * `id` and `source` do not matter so: without them an event is named by its message.
 */
export type GuardedField = (typeof IMAGE_FIELDS)[number] | (typeof EVENT_FIELDS)[number] | 'images';

/** The fields of an event with a list of images, of an image in it, and of an event of one image. */
export const KNOWN_FIELDS = {
  list: new Set<string>(['images', ...EVENT_FIELDS, ...LABELS]),
  image: new Set<string>(IMAGE_FIELDS),
  single: new Set<string>(['images', ...IMAGE_FIELDS, ...EVENT_FIELDS, ...LABELS]),
} as const;

/**
 * Other names that surely mean a field, without case, underscores and hyphens. Names that a producer
 * may use for something else are left out: `name`, `caption`, `alt`, `date`, `account`, `created_at`.
 * They count only where the field itself says nothing and the value is of its type: `updated_at`
 * beside a `time` is harmless, and a list `titles` is no title.
 */
export const SYNONYMS: Readonly<Record<GuardedField, readonly string[]>> = {
  // FinerWorks' virtual inventory, and other usual names.
  guid: ['imageguid', 'imageuuid', 'imageid', 'finerworksguid', 'finerworksimageguid'],
  images: ['imagelist', 'imagedetails', 'updateimagedetails', 'imageupdates'],
  // Headings of exports, and usual typing errors.
  title: ['imagetitle', 'newtitle', 'titel', 'tilte', 'ttile', 'tittle'],
  description: ['imagedescription', 'newdescription', 'desc'],
  // FinerWorks' file manager, and its model image_library.
  account_key: ['libraryaccountkey', 'finerworksaccountkey', 'imageaccountkey'],
  // Rails, Laravel, Shopify, WooCommerce, HTTP. A time of creation is something else.
  time: [
    ...['updatedat', 'updatedon', 'dateupdated', 'lastupdated', 'lastupdatedat', 'updatetime'],
    ...['modifiedat', 'modifiedon', 'datemodified', 'lastmodified', 'lastmodifiedat'],
    ...['changedat', 'occurredat', 'eventtime', 'eventtimestamp', 'timestamp'],
  ],
  force: [],
  removeVirtualInventory: ['removevirtualinventoryproducts'],
};

/** Names so long that one wrong letter does not make another word: `descripton`. */
export const LONG_NAMES = ['description', 'account_key', 'removeVirtualInventory'] as const;
