import { describe, expect, test } from '@jest/globals';
import { Intake } from '../../../lambda/delivery/intake.ts';
import { type LaneImages, lanesOf, SHARED } from '../../../lambda/lanes/lanes.ts';
import { type Ledger, WITHOUT_LEDGER } from '../../../lambda/ledger/ledger.ts';
import { VerdictRegistry } from '../../../lambda/verdicts/verdict-registry.ts';
import { success } from '../../helpers/answers.ts';
import { change, changesOf, guidsOf, testSender } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';

/** An intake with a ledger that remembers nothing, but how many images it was asked to admit at a time. */
function scene({
  failing = [] as readonly string[],
  isSystemic = (): boolean => false,
  ledger = {} as Partial<Ledger>,
} = {}) {
  const admitted: number[] = [];
  const { sender, time, lanes } = testSender({ answers: () => success(), available: 60_000 });
  const registry = new VerdictRegistry();
  const intake = new Intake({
    sender,
    registry,
    clock: time,
    ledger: {
      ...WITHOUT_LEDGER,
      ...ledger,
      acquireLeases: async (updates) => {
        admitted.push(updates.length);
        return [...updates];
      },
    },
    failing: { isFailing: (id) => failing.includes(id) },
    refused: { isSystemic },
  });
  return { intake, admitted, time, lanes, registry };
}

const imagesOf = (count: number, account: string | null = null) =>
  changesOf(count, { account }).map((one) => [one]);

describe('images are admitted', () => {
  test('50 at a time, as they are asked for', async () => {
    const { intake, admitted } = scene();
    const groups = intake.groups(lanesOf(imagesOf(120)));
    await groups.next();
    expect(admitted).toEqual([50]);
    expect((await Array.fromAsync(groups)).map((group) => group.updates.length)).toEqual([
      50, 20, 0,
    ]);
  });

  test('lane after lane, each with its end', async () => {
    const { intake } = scene();
    const lanes = lanesOf([...imagesOf(2, 'a'), [change(3, { account: 'b' })]]);
    const groups = await Array.fromAsync(intake.groups(lanes));
    expect(groups.map(({ lane, updates, isEnd }) => [lane, updates.length, isEnd])).toEqual([
      ['a', 2, undefined],
      ['a', 0, true],
      ['b', 1, undefined],
      ['b', 0, true],
    ]);
  });

  test('with all their changes, of which those that a newer one stands for are counted', async () => {
    const { intake } = scene();
    const images = [[change(1), change(1, { title: 'newer' })], [change(2)]];
    await Array.fromAsync(intake.groups(lanesOf(images)));
    expect(intake.figures.coalesced).toBe(1);
  });

  test('without what the ledger takes out', async () => {
    const filterStale: Ledger['filterStale'] = async (changes) => changes.slice(1);
    const { intake, admitted } = scene({ ledger: { filterStale } });
    await Array.fromAsync(intake.groups(lanesOf(imagesOf(3))));
    expect(admitted).toEqual([2]);
    expect(intake.figures.coalesced).toBe(0);
  });
});

describe('images that made calls fail before', () => {
  test('are set aside with what is open of them, without a lease and without a verdict', async () => {
    const { intake, admitted, registry } = scene({ failing: [guid(2)] });
    const [one, two, again] = [change(1), change(2), change(2, { title: 'newer' })];
    const groups = await Array.fromAsync(intake.groups(lanesOf([[one], [two, again]])));
    expect(groups.flatMap(guidsOf)).toEqual([guid(1)]);
    expect(intake.setAside).toEqual([two, again]);
    expect(admitted).toEqual([1]);
    expect(registry.kindOf(two)).toBeUndefined();
  });

  test('are asked for once the ledger has read their items', async () => {
    const failing: string[] = [];
    const filterStale: Ledger['filterStale'] = async (changes) => {
      failing.push(guid(1));
      return [...changes];
    };
    const { intake } = scene({ failing, ledger: { filterStale } });
    await Array.fromAsync(intake.groups(lanesOf(imagesOf(1))));
    expect(intake.setAside).toHaveLength(1);
  });
});

describe('what can’t be sent', () => {
  /** Admits a first group, lets something happen, and says what became of the rest. */
  async function afterFirst(
    happens: (parts: ReturnType<typeof scene>) => void,
    lanes: readonly LaneImages[] = lanesOf(imagesOf(51)),
    parts: Parameters<typeof scene>[0] = {},
  ) {
    const run = scene(parts);
    const groups = run.intake.groups(lanes);
    await groups.next();
    happens(run);
    const rest = await Array.fromAsync(groups);
    const changes = lanes.flatMap(({ images }) => images.flat());
    return { ...run, rest, verdicts: changes.map((one) => run.registry.of(one)[0]) };
  }

  test('in time comes back, and the ledger is left alone', async () => {
    const { rest, admitted, verdicts } = await afterFirst(({ time }) => time.advance(35_001));
    expect(rest).toEqual([{ lane: null, updates: [], isEnd: true }]);
    expect(admitted).toEqual([50]);
    expect(verdicts.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => undefined));
    expect(verdicts[50]).toMatchObject({ kind: 'retry', reason: 'NoTimeLeft' });
  });

  test('because its lane is blocked comes back alone', async () => {
    const lanes = lanesOf([...imagesOf(51, 'a'), [change(60, { account: 'b' })]]);
    const { admitted, verdicts } = await afterFirst((run) => {
      run.lanes.of('a').stopped = { kind: 'retry', reason: 'BadKeys', detail: 'no' };
    }, lanes);
    expect(admitted).toEqual([50, 1]);
    expect(verdicts[50]).toMatchObject({ reason: 'BadKeys' });
    expect(verdicts[51]).toBeUndefined();
  });

  test('because all of the account is refused comes back so', async () => {
    let isRefused = false;
    const { verdicts } = await afterFirst(
      () => {
        isRefused = true;
      },
      undefined,
      { isSystemic: () => isRefused },
    );
    expect(verdicts[50]).toMatchObject({ kind: 'retry', reason: 'SystemicRefusal' });
  });

  test('of several accounts is admitted as long as there is time, whatever blocks one of them', async () => {
    const shared = Array.from({ length: 51 }, (_, n) => [
      change(n, { account: 'a' }),
      change(n, { account: 'b', description: 'd', title: undefined }),
    ]);
    const lanes = lanesOf(shared);
    expect(lanes[0]?.key).toBe(SHARED);
    const blocked = await afterFirst((run) => {
      run.lanes.of('a').stopped = { kind: 'retry', reason: 'BadKeys', detail: 'no' };
    }, lanes);
    expect(blocked.admitted).toEqual([100, 2]);
    const late = await afterFirst(({ time }) => time.advance(35_001), lanes);
    expect(late.admitted).toEqual([100]);
    expect(late.verdicts.at(-1)).toMatchObject({ reason: 'NoTimeLeft' });
  });
});
