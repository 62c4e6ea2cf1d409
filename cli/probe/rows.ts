import type { FactName, Facts, Length, Probed } from '../../infra/doctor/probed.ts';
import { plural } from '../terminal/plural.ts';

/** One line of the table. */
export interface Row {
  readonly fact: FactName;
  readonly assumption: string;
  readonly seen: string;
  /** Whether the assumption holds; unknown where nothing was seen. */
  readonly result: 'holds' | 'differs' | 'unknown';
  /** What to set, or to mind; empty where there is nothing. */
  readonly set: string;
}

/** What is said of a fact: as assumed, or not, and then what to set. */
interface Judgement {
  readonly seen: string;
  readonly holds: boolean;
  readonly set?: string;
}

/** What the table says of what was seen. */
export function rowsOf({ facts, notSeen }: Pick<Probed, 'facts' | 'notSeen'>): Row[] {
  return RULES.map((rule) => rule(facts, notSeen));
}

type Rule = (facts: Facts, notSeen: Probed['notSeen']) => Row;

function row<Name extends FactName>(
  fact: Name,
  assumption: string,
  judge: (value: NonNullable<Facts[Name]>) => Judgement,
): Rule {
  return (facts, notSeen) => {
    const value = facts[fact];
    if (value === undefined || value === null) {
      const seen = `not seen: ${notSeen[fact] ?? 'not asked'}`;
      return { fact, assumption, seen, result: 'unknown', set: '' };
    }
    const { seen, holds, set = '' } = judge(value);
    return { fact, assumption, seen, result: holds ? 'holds' : 'differs', set };
  };
}

/** A judgement for each value that a fact can have. */
function each<Value extends string>(
  judgements: Readonly<Record<Value, readonly [seen: string, set?: string]>>,
  ...good: readonly NoInfer<Value>[]
): (value: Value) => Judgement {
  return (value) => {
    const [seen, set] = judgements[value];
    return { seen, holds: good.includes(value), ...(set !== undefined && { set }) };
  };
}

const NO_SETTING = 'no setting helps: report it';

/** Each assumption that the product makes, in the order of the table. */
const RULES: readonly Rule[] = [
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
          'listSessionId: the account’s GUID, or the one that was given here',
        ],
        refused: ['another one is refused', 'listSessionId: the one that was given here'],
      },
      'any',
    ),
  ),
  row('longestShown', 'texts may be of any length', ({ title, description }) => ({
    seen: `longest of the first page: title ${title}, description ${description}`,
    holds: true,
  })),
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
  row('titleLength', 'a title is kept whole', lengthJudge('maxTitleLength')),
  row('descriptionLength', 'a description is kept whole', lengthJudge('maxDescriptionLength')),
  row('emoji', 'emoji are kept', fateJudge()),
  row(
    'entities',
    'entities are kept as they are',
    each(
      {
        kept: ['they are'],
        decoded: ['&amp; becomes &', 'nothing: it counts as rewritten'],
        encoded: ['&amp; becomes &amp;amp;', 'nothing: it counts as rewritten'],
        changed: ['they become something else', 'nothing: it counts as rewritten'],
        refused: ['the call is refused', 'send texts without them'],
      },
      'kept',
    ),
  ),
  row(
    'blanks',
    'blanks at the ends are kept',
    each(
      {
        kept: ['they are'],
        trimmed: ['they are dropped', 'nothing: it counts as rewritten'],
        changed: ['the text becomes another one', 'nothing: it counts as rewritten'],
        refused: ['the call is refused', 'send texts without them'],
      },
      'kept',
    ),
  ),
  row('lineBreaks', 'line breaks are kept', fateJudge()),
];

function fateJudge() {
  return each(
    {
      kept: ['they are'],
      changed: ['they are changed', 'nothing: it counts as rewritten'],
      refused: ['the call is refused', 'send texts without them'],
    },
    'kept',
  );
}

function lengthJudge(setting: 'maxTitleLength' | 'maxDescriptionLength') {
  return ({ whole, tooLong, beyond = 'refused' }: Length): Judgement => {
    if (tooLong === undefined) return { seen: `${whole} characters are`, holds: true };
    const exact = tooLong === whole + 1 || beyond === 'cut';
    const known = exact ? '' : `, from some length below ${tooLong} on`;
    return {
      seen: `up to ${whole} characters; what is longer is ${beyond}${known}`,
      holds: false,
      set: `${setting}: ${whole}`,
    };
  };
}
