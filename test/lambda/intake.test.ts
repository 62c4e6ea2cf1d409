import { expect, test } from '@jest/globals';
import { Intake } from '../../lambda/intake.ts';
import { type Ledger, WITHOUT_LEDGER } from '../../lambda/ledger/ledger.ts';
import type { Retried } from '../../lambda/verdicts/verdict.ts';
import { VerdictBook } from '../../lambda/verdicts/verdict-book.ts';
import { change } from '../helpers/delivery.ts';

const NO_TIME: Retried = { kind: 'retry', reason: 'NoTimeLeft', detail: 'no time' };

/** A ledger that remembers nothing, but how many images it was asked to admit at a time. */
function countingLedger() {
  const admitted: number[] = [];
  const ledger: Ledger = {
    ...WITHOUT_LEDGER,
    admit: async (updates) => {
      admitted.push(updates.length);
      return [...updates];
    },
  };
  return { ledger, admitted };
}

test('images are admitted 50 at a time, as they are asked for', async () => {
  const { ledger, admitted } = countingLedger();
  const images = Array.from({ length: 120 }, (_, n) => [change(n)]);
  const groups = new Intake(ledger, { outOfTime: undefined }, new VerdictBook()).admit(images);
  await groups.next();
  expect(admitted).toEqual([50]);
  expect((await Array.fromAsync(groups)).map((group) => group.length)).toEqual([50, 20]);
});

test('what stands for several changes of an image is counted', async () => {
  const intake = new Intake(WITHOUT_LEDGER, { outOfTime: undefined }, new VerdictBook());
  await Array.fromAsync(intake.admit([[change(1), change(1, { title: 'newer' })], [change(2)]]));
  expect(intake.figures.coalesced).toBe(1);
});

test('once no call can be made in time, the rest comes back and the ledger is left alone', async () => {
  const { ledger, admitted } = countingLedger();
  const sender: { outOfTime: Retried | undefined } = { outOfTime: undefined };
  const book = new VerdictBook();
  const images = Array.from({ length: 51 }, (_, n) => [change(n)]);
  const groups = new Intake(ledger, sender, book).admit(images);
  await groups.next();
  sender.outOfTime = NO_TIME;
  expect(await Array.fromAsync(groups)).toEqual([]);
  expect(admitted).toEqual([50]);
  expect(images.map(([wanted]) => wanted && book.kindOf(wanted))).toEqual([
    ...Array.from({ length: 50 }, () => undefined),
    'retry',
  ]);
});
