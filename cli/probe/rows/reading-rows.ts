import { plural } from '../../terminal/plural.ts';
import { each, NO_SETTING, type Rule, row } from './row.ts';

/** What the function assumes of answers and lists. */
export const READING_ROWS: readonly Rule[] = [
  row('keys', 'the keys are right', () => ({ seen: 'accepted', holds: true })),
  row('answers', 'answers come within callTimeoutSeconds', ({ median, longest }) => ({
    seen: `median ${median} ms, longest ${longest} ms`,
    holds: true,
  })),
  row('limitHeaders', 'no answer tells of a limit', (headers) => {
    const told = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return told.length === 0
      ? { seen: 'no such header', holds: true }
      : { seen: told.join('; '), holds: false, set: 'callsPerSecond: below that limit' };
  }),
  row(
    'pages',
    'page_number and per_page are kept',
    each({ kept: ['they are'], ignored: ['they are not', NO_SETTING] }, 'kept'),
  ),
  row(
    'count',
    'count does not count images that were not asked for',
    each(
      {
        page: ['it counts the page'],
        matching: ['it counts what matches'],
        absent: ['there is none'],
        library: [
          'it counts the whole library',
          'images of the temporary library come back as InventoryUnknown: virtualInventory: remove where there are no products at all',
        ],
      },
      'page',
      'matching',
      'absent',
    ),
  ),
  row('defaultPage', 'a page of no size holds 10 images', (images) => ({
    seen: plural(images, 'image'),
    holds: images <= 10,
    set: '',
  })),
  row(
    'filter',
    'guid_filter finds an image',
    each(
      {
        kept: ['that image and no other'],
        ignored: ['other images too', NO_SETTING],
        missed: ['nothing', NO_SETTING],
      },
      'kept',
    ),
  ),
  row(
    'guidCase',
    'the case of a guid does not matter',
    each(
      {
        folded: ['it does not'],
        kept: ['in capitals it is not found', 'nothing: the function sends lower case'],
        refused: ['in capitals it is refused', 'nothing: the function sends lower case'],
      },
      'folded',
    ),
  ),
  row(
    'guidsWritten',
    'answers write guids in lower case',
    each(
      {
        lower: ['they do'],
        upper: ['in capitals, which the function reads as well'],
        mixed: ['in both cases, which the function reads as well'],
      },
      'lower',
      'upper',
      'mixed',
    ),
  ),
  row(
    'unknownFilter',
    'a filter of an unknown guid finds nothing',
    each(
      {
        empty: ['nothing'],
        refused: ['the call is refused', NO_SETTING],
        ignored: ['other images', NO_SETTING],
      },
      'empty',
    ),
  ),
  row(
    'products',
    'images are listed with their virtual inventory products',
    each(
      {
        shown: ['they are'],
        empty: ['the field is there; no image with products was found'],
        absent: [
          'the field is not there',
          'nothing: the function asks list_virtual_inventory then',
        ],
        hidden: [
          'an image with products is listed without',
          'stop: an update would remove products that nobody sees',
        ],
      },
      'shown',
      'empty',
    ),
  ),
  row(
    'inventoryFilter',
    'list_virtual_inventory keeps guid_filter',
    each(
      {
        kept: ['it does'],
        ignored: ['it does not', 'matters where images are listed without products'],
        missed: ['it finds nothing', 'matters where images are listed without products'],
        refused: ['it is refused', 'matters where images are listed without products'],
      },
      'kept',
    ),
  ),
  row(
    'session',
    'session_id does not matter',
    each(
      {
        any: ['another one shows the same images'],
        matters: [
          'another one shows other images',
          'listSessionId: {account}, or the one that shows your images',
        ],
        refused: [
          'another one is refused',
          'listSessionId: {account}, or the one that shows your images',
        ],
      },
      'any',
    ),
  ),
  row('longestShown', 'texts may be of any length', ({ title, description }) => ({
    seen: `longest of the first page: title ${title}, description ${description}`,
    holds: true,
  })),
];
