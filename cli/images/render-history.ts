import { FIELDS } from '../../lambda/contract/fields.ts';
import type { FieldEntry, ImageTrouble, LedgerItem } from '../../lambda/ledger/item.ts';
import { momentOf } from '../terminal/moment.ts';
import { plural } from '../terminal/plural.ts';

/** What the ledger knows of an image, for people. */
export function renderHistory(item: LedgerItem, now: number): string[] {
  const { leaseUntil = 0, rejection, trouble = {} } = item;
  const fields = FIELDS.flatMap((field) => {
    const entry = item[field];
    return entry === undefined ? [] : renderField(field, entry);
  });
  const lease =
    leaseUntil >= now ? [['being changed', `until ${momentOf(leaseUntil)} at the latest`]] : [];
  const rejected = rejection
    ? [
        [
          'rejected',
          `${momentOf(rejection.at)} as ${rejection.reason}, message ${rejection.messageId}`,
        ],
        ['', rejection.detail],
      ]
    : [];
  return [...fields, ...lease, ...rejected, ...renderTrouble(trouble)].map(
    ([name = '', text = '']) => `${name.padEnd(14)}${text}`,
  );
}

/** Its troubles, until its next update is confirmed. */
function renderTrouble({ refused, failing }: ImageTrouble): string[][] {
  const refusal = refused
    ? [['refused', `alone, values ${refused.hash}, since ${momentOf(refused.since)}`]]
    : [];
  const failure = failing
    ? [
        ['failing', `${failuresOf(failing.failures)}, last ${momentOf(failing.at)}`],
        ['', `${failing.reason}: ${failing.detail}`],
      ]
    : [];
  return [...refusal, ...failure];
}

function failuresOf(count: number): string {
  if (count > 0) return `alone, ${plural(count, 'time')} in a row`;
  return 'in a call with other images, not yet tried alone';
}

function renderField(field: string, { settled, unsettled, isKnown }: FieldEntry): string[][] {
  const rows =
    settled === undefined
      ? [[field, 'never confirmed']]
      : [
          [field, `confirmed ${momentOf(settled.at)}, value ${settled.hash}`],
          ['', `event ${settled.order.id} of ${settled.order.time}, message ${settled.messageId}`],
        ];
  const open = unsettled.map(({ order, at }) => [
    '',
    `undecided: event ${order.id} of ${order.time}, last tried ${momentOf(at)}`,
  ]);
  const doubt =
    settled === undefined || isKnown || open.length > 0
      ? []
      : [['', 'not sure to be what FinerWorks has: the next change is sent']];
  return [...rows, ...open, ...doubt];
}
