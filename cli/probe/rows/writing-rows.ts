import { each, type Rule, row } from './row.ts';

/** What the function assumes of updates. */
export const WRITING_ROWS: readonly Rule[] = [
  row(
    'single',
    'an update of one image is taken',
    each(
      {
        taken: ['as it was sent'],
        rewritten: ['and rewritten'],
        notTaken: ['answered with success, and not taken', 'verify: all'],
        refused: ['it is refused', 'try other images'],
      },
      'taken',
    ),
  ),
  row('listSeconds', 'a list shows an update at once', (seconds) => ({
    seen: seconds <= 1 ? 'within a second' : `after ${seconds} s at most`,
    holds: seconds <= 1,
    ...(seconds > 1 && {
      set: `timeoutSeconds: well above ${seconds}, so that calls are verified`,
    }),
  })),
  row(
    'many',
    'a success is one of each image of the call',
    each(
      {
        all: ['both of two were taken, each time'],
        first: [
          'only the first of two is taken, and the answer is success',
          'maxImagesPerCall: 1, or verify: all',
        ],
        some: [
          'one or the other of two is taken, and the answer is success',
          'maxImagesPerCall: 1, or verify: all',
        ],
        none: ['of two none is taken, and the answer is success', 'maxImagesPerCall: 1'],
        refused: ['a call of two is refused', 'maxImagesPerCall: 1'],
      },
      'all',
    ),
  ),
  row(
    'listing',
    'an image that images[] leaves out was not updated',
    each(
      {
        none: ['answers have no images[]'],
        asTaken: ['it lists what was taken'],
        fewer: ['it leaves out what was taken', 'nothing: such an image is sent twice'],
      },
      'none',
      'asTaken',
    ),
  ),
  row(
    'unknownGuid',
    'an unknown guid fails its whole call',
    each(
      {
        refusesAll: ['it does, and nothing is taken'],
        refusedButTaken: ['the call is refused, and the other image taken', 'verify: all'],
        passedOver: [
          'it is passed over, with success',
          'nothing: an event of an unknown image counts as done',
        ],
        named: ['the others are taken, and images[] leaves it out'],
        dropsAll: ['the answer is success, and nothing is taken', 'verify: all'],
      },
      'refusesAll',
      'named',
    ),
  ),
  row(
    'omitted',
    'a field that is left out is kept',
    each(
      {
        kept: ['it is'],
        blanked: ['it becomes empty', 'omittedFields: complete, virtualInventory: protect'],
        changed: ['it becomes another text', 'omittedFields: complete'],
        refused: ['the call is refused', 'omittedFields: complete'],
      },
      'kept',
    ),
  ),
  row(
    'nulls',
    'null is no value (never sent)',
    each(
      {
        kept: ['the field is kept'],
        blanked: ['the field becomes empty'],
        changed: ['the field becomes another text'],
        refused: ['the call is refused'],
      },
      'kept',
      'blanked',
      'changed',
      'refused',
    ),
  ),
  row(
    'empty',
    'an empty text clears a field',
    each(
      {
        blanked: ['it does'],
        kept: ['the field is kept', 'clear texts by hand: no event can'],
        refused: ['the call is refused', 'clear texts by hand: no event can'],
      },
      'blanked',
    ),
  ),
];
