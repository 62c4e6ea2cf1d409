import type { Length } from '../../../infra/doctor/probed.ts';
import { each, type Judgement, type Rule, row } from './row.ts';

/** What the function assumes of texts that are stored. */
export const TEXT_ROWS: readonly Rule[] = [
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
