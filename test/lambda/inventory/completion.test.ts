import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AllValues, FIELDS } from '../../../lambda/contract/fields.ts';
import { SendLog } from '../../../lambda/delivery/send-log.ts';
import type { CallVerdict } from '../../../lambda/finerworks/classify.ts';
import type { ListedImage } from '../../../lambda/finerworks/list-images.ts';
import { type Change, loneUpdate, partOf, type Update } from '../../../lambda/images/change.ts';
import { Completion } from '../../../lambda/inventory/completion.ts';
import { SeenImages } from '../../../lambda/inventory/seen-images.ts';
import { redactKeys } from '../../../lambda/keys/redact-keys.ts';
import { type Ledger, WITHOUT_LEDGER } from '../../../lambda/ledger/ledger.ts';
import { APPLIED, REFUSED } from '../../helpers/answers.ts';
import { change, KEYS, update } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const MINUTE = 60_000;
const DOUBTFUL: CallVerdict = {
  kind: 'retry',
  reason: 'Timeout',
  detail: '',
  retryAfter: null,
  mayTakeEffect: true,
};

const titleOnly = (parts: Partial<Change> = {}) => update(1, parts);
const descriptionOnly = (parts: Partial<Change> = {}) =>
  update(1, { title: undefined, description: 'new', ...parts });

/** A completion whose list showed image 1. */
function scene(shown: Partial<ListedImage> = {}, ledger: Partial<Ledger> = {}) {
  const time = virtualTime();
  const log = new SendLog();
  const seen = new SeenImages(time);
  const known = { ledger: { ...WITHOUT_LEDGER, ...ledger }, seen, log, clock: time };
  const completion = new Completion(known);
  const see = (account: string | null, image: ListedImage) => {
    seen.see(account, guid(1), image, time.now());
    completion.see(guid(1), image);
  };
  see(null, { title: 'there', description: 'about it', skus: [], ...shown });
  const send = (sent: Update, verdict: CallVerdict) =>
    log.note({ account: sent.account, updates: [sent] }, verdict);
  return { completion, see, time, send };
}

describe('an update of one field', () => {
  test('gets the other one as the list shows it', () => {
    const { completion } = scene();
    expect(completion.complete(titleOnly())).toMatchObject({
      title: 'Title 1',
      description: undefined,
      standing: { description: 'about it' },
    });
    expect(completion.complete(descriptionOnly())).toMatchObject({ standing: { title: 'there' } });
  });

  test('gets an empty text, which is a value', () => {
    const { completion } = scene({ description: '' });
    expect(completion.complete(titleOnly())).toMatchObject({ standing: { description: '' } });
  });

  test('gets nothing where there is no text: none can be lost, and what null does nobody knows', () => {
    const { completion } = scene({ description: undefined });
    const sent = titleOnly();
    expect(completion.complete(sent)).toBe(sent);
  });

  test('gets a text of any length: limits are for what producers send', () => {
    const description = 'x'.repeat(100_000);
    const { completion } = scene({ description });
    expect(completion.complete(titleOnly())).toMatchObject({ standing: { description } });
  });

  test('gets no text out of which a key may have been blotted', () => {
    const { completion } = scene({ description: redactKeys(`see ${KEYS.app_key}`, KEYS) });
    const sent = titleOnly();
    expect(completion.complete(sent)).toBe(sent);
  });

  test('of an image that is not listed, or of another account’s list, is left as it is', () => {
    const { completion } = scene();
    for (const sent of [update(2), titleOnly({ account: 'other' })]) {
      expect(completion.complete(sent)).toBe(sent);
    }
  });
});

test('an update gets what the last list shows, whichever account it was of', () => {
  const { completion, see } = scene();
  see('other', { title: 'there', description: 'newer', skus: [] });
  expect(completion.complete(titleOnly())).toMatchObject({ standing: { description: 'newer' } });
});

test('an update gets what a list shows that is read back after another call', () => {
  const { completion } = scene();
  const texts = { title: 'there', description: 'newer' };
  completion.correct(new Map([guid(1), guid(2)].map((id) => [id, texts])));
  expect(completion.complete(titleOnly())).toMatchObject({ standing: { description: 'newer' } });
  // Of what no preflight has shown nothing is known.
  const other = update(2);
  expect(completion.complete(other)).toBe(other);
});

test('an update of both fields is left as it is', () => {
  const sent = titleOnly({ description: 'new' });
  expect(scene().completion.complete(sent)).toBe(sent);
});

describe('what was sent in this invocation', () => {
  test('is there, whatever the list showed', () => {
    const { completion, send } = scene();
    send(descriptionOnly({ account: 'other' }), APPLIED);
    expect(completion.complete(titleOnly())).toMatchObject({ standing: { description: 'new' } });
  });

  test('and of which nobody knows whether it was taken, has the other field wait', () => {
    const { completion, send } = scene();
    send(descriptionOnly({ account: 'other' }), DOUBTFUL);
    expect(completion.complete(titleOnly())).toMatchObject({ kind: 'retry', reason: 'Deferred' });
  });
});

describe('a list that may be late', () => {
  const late = (until: number): Partial<Ledger> => ({ lateUntil: () => until });

  test('has the update wait for a minute, and no longer than the list may be late', () => {
    const { time } = scene();
    const waiting = (milliseconds: number) =>
      scene({}, late(time.now() + milliseconds)).completion.complete(titleOnly());
    expect(waiting(9 * MINUTE)).toMatchObject({ reason: 'Deferred', retryAfterSeconds: 60 });
    expect(waiting(20_000)).toMatchObject({ reason: 'Deferred', retryAfterSeconds: 20 });
    expect(waiting(0)).toMatchObject({ standing: { description: 'about it' } });
  });

  test('is not needed where the event itself holds the confirmed value', () => {
    const whole = change(1, { description: 'confirmed' });
    const part = partOf(whole, ['title']);
    const ledger: Partial<Ledger> = {
      lateUntil: () => Number.POSITIVE_INFINITY,
      contradicts: (_guid, _field, value) => value !== 'confirmed',
    };
    expect(part && scene({}, ledger).completion.complete(loneUpdate(part))).toMatchObject({
      standing: { description: 'confirmed' },
    });
    const other = partOf(change(1, { description: 'older' }), ['title']);
    expect(other && scene({}, ledger).completion.complete(loneUpdate(other))).toMatchObject({
      reason: 'Deferred',
    });
  });
});

test('a call sends for a field that no event asked for nothing but what was seen last', () => {
  const Text = fc.option(fc.string({ maxLength: 3 }), { nil: undefined });
  const Step = fc.oneof(
    fc.record({ kind: fc.constant('list' as const), title: Text, description: Text }),
    fc.record({
      kind: fc.constantFrom('taken' as const, 'refused' as const),
      field: fc.constantFrom(...FIELDS),
      value: fc.string({ maxLength: 3 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(Step, { maxLength: 8 }), fc.constantFrom(...FIELDS), (steps, asked) => {
      const { completion, see, send } = scene();
      let shown: AllValues = { title: 'there', description: 'about it' };
      const set: { title?: string; description?: string } = {};
      for (const step of steps) {
        if (step.kind === 'list') {
          shown = { title: step.title, description: step.description };
          see(null, { ...shown, skus: [] });
          continue;
        }
        const sent = update(1, { title: undefined, [step.field]: step.value });
        if (step.kind === 'taken') {
          send(sent, APPLIED);
          set[step.field] = step.value;
        } else send(sent, REFUSED);
      }
      const other = asked === 'title' ? 'description' : 'title';
      const completed = completion.complete(update(1, { title: undefined, [asked]: 'asked' }));
      const sent = 'kind' in completed ? undefined : completed;
      expect(sent?.[asked]).toBe('asked');
      expect(sent?.standing?.[asked]).toBeUndefined();
      expect(sent?.standing?.[other]).toBe(set[other] ?? shown[other]);
    }),
  );
});
