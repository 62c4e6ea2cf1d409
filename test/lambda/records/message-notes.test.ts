import { describe, expect, test } from '@jest/globals';
import type { EvidenceStore, MessageNote } from '../../../lambda/evidence/evidence-store.ts';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import { MessageNotes } from '../../../lambda/records/message-notes.ts';
import { sqsRecord } from '../../helpers/records.ts';
import { FAILED, NOW, noteOf, notesOn, settlementOf, UNTRIED } from '../../helpers/settlements.ts';

const ENDS_AT = NOW + 120_000;

const recordOf = (messageId: string, receiveCount: number) =>
  sqsRecord({ messageId, receiveCount });

const down = async () => {
  throw new Error('the table is down');
};

/** A store, and what it was asked for and told. */
function watched(parts: Partial<EvidenceStore> = {}) {
  const store: EvidenceStore = { ...rememberEvidence(), isShared: true, ...parts };
  const loaded: string[] = [];
  const saved: [string, MessageNote][] = [];
  const watching: EvidenceStore = {
    ...store,
    loadNotes: async (ids) => {
      loaded.push(...ids);
      return store.loadNotes(ids);
    },
    saveNotes: async (notes) => {
      saved.push(...notes);
      return store.saveNotes(notes);
    },
  };
  return { store: watching, loaded, saved };
}

describe('notes are read', () => {
  test('of what came back, each message once, and of nothing else', async () => {
    const { store, loaded } = watched();
    const records = [recordOf('new', 1), recordOf('back', 2), recordOf('back', 3)];
    await MessageNotes.load(store, records, NOW);
    expect(loaded).toEqual(['back']);
  });

  test('in no request where nothing came back', async () => {
    let requests = 0;
    const { store } = watched({
      loadNotes: async () => {
        requests += 1;
        return new Map();
      },
    });
    await MessageNotes.load(store, [recordOf('new', 1)], NOW);
    expect(requests).toBe(0);
  });

  test('not of a message that stands twice, its first receive among them', async () => {
    const { store, loaded } = watched();
    const records = [recordOf('twice', 2), recordOf('twice', 1)];
    const notes = await MessageNotes.load(store, records, NOW);
    expect(loaded).toEqual([]);
    expect(records.map((record) => notes.deathsOf(record))).toEqual([undefined, undefined]);
  });
});

describe('a record is suspected', () => {
  const record = recordOf('m', 2);

  test('where it came back without a note', async () => {
    expect((await notesOn([record])).deathsOf(record)).toBe(0);
  });

  test('not where its note says how it ended, however often it failed', async () => {
    const note = noteOf({ failures: 40, receives: 1 });
    const notes = await notesOn([record], { m: note });
    expect(notes.of('m')).toEqual(note);
    expect(notes.deathsOf(record)).toBeUndefined();
  });

  test('where it was received again since its note, and that came to no end', async () => {
    for (const [receives, deaths] of [
      [8, undefined],
      [9, 0],
    ] as const) {
      const received = recordOf('m', receives);
      const notes = await notesOn([received], { m: noteOf({ receives: 7 }) });
      expect(notes.deathsOf(received)).toBe(deaths);
    }
  });

  test.each([1, 4])('where it began %d times and never ended', async (begun) => {
    const notes = await notesOn([record], { m: noteOf({ begun }) });
    expect(notes.deathsOf(record)).toBe(begun);
  });

  test('by one death less while the invocation that began with it may still be at it', async () => {
    for (const [begun, left, deaths] of [
      [4, 60_000, 3],
      [1, 60_000, 0],
      [4, 0, 4],
      [4, -60_000, 4],
    ] as const) {
      const note = noteOf({ begun, until: NOW + left });
      const notes = await notesOn([record], { m: note });
      expect(notes.deathsOf(record)).toBe(deaths);
    }
  });

  test('never where other sandboxes may have the note', async () => {
    const store = { ...rememberEvidence(), isShared: false };
    const received = recordOf('m', 900);
    expect((await notesOn([received], {}, store)).deathsOf(received)).toBeUndefined();
  });

  test('not where notes can’t be read: then nobody is', async () => {
    const { store } = watched({ loadNotes: down });
    const notes = await MessageNotes.load(store, [record], NOW);
    expect(notes.deathsOf(record)).toBeUndefined();
    expect(notes.of('m')).toBeUndefined();
  });

  test('not where nobody said that it would come', async () => {
    expect((await notesOn([])).deathsOf(record)).toBeUndefined();
  });
});

describe('failures are counted', () => {
  test('by the note, and this one where a call failed', async () => {
    const record = recordOf('m', 9);
    const notes = await notesOn([record], { m: noteOf({ failures: 2 }) });
    expect(notes.failuresWith(record, FAILED)).toBe(3);
    expect(notes.failuresWith(record, UNTRIED)).toBe(2);
  });

  test('by receives where there is no note', async () => {
    const record = recordOf('m', 9);
    const notes = await notesOn([record]);
    expect(notes.failuresWith(record, FAILED)).toBe(9);
    expect(notes.failuresWith(record, UNTRIED)).toBe(8);
  });
});

describe('that processing begins', () => {
  test('is noted with what was known, once more each time', async () => {
    const records = [recordOf('known', 2), recordOf('unknown', 2)];
    const { store, saved } = watched();
    const notes = await notesOn(records, { known: noteOf({ begun: 1 }) }, store);
    saved.length = 0;
    expect(await notes.begin(records, ENDS_AT)).toBe(true);
    expect(saved).toEqual([
      ['known', noteOf({ begun: 2, receives: 2, until: ENDS_AT })],
      [
        'unknown',
        { reason: 'Crashed', detail: '', failures: 0, begun: 1, receives: 2, until: ENDS_AT },
      ],
    ]);
  });

  test('may not be written: then it had better not begin', async () => {
    const { store } = watched({ saveNotes: down });
    const record = recordOf('m', 2);
    const notes = await MessageNotes.load(store, [record], NOW);
    expect(await notes.begin([record], ENDS_AT)).toBe(false);
  });
});

describe('what comes back', () => {
  /** Saves notes on settlements of messages on which there may be notes. */
  async function save(
    outcomes: readonly ReturnType<typeof settlementOf>[],
    before: Record<string, MessageNote> = {},
  ) {
    const { store, saved } = watched();
    const records = outcomes.map(({ parsed }) => parsed.record);
    const notes = await notesOn(records, before, store);
    saved.length = 0;
    await notes.save(outcomes);
    return saved;
  }

  test('is noted with its reason and its failures, and has not begun any more', async () => {
    const failed = settlementOf(FAILED, { messageId: 'm', receiveCount: 2 });
    expect(await save([failed], { m: noteOf({ failures: 3, begun: 2 }) })).toEqual([
      ['m', { reason: 'ServerError', detail: 'HTTP 503', failures: 4, begun: 0, receives: 2 }],
    ]);
  });

  test('untried keeps what stood in the way of the last call for it', async () => {
    const untried = settlementOf(UNTRIED, { messageId: 'm', receiveCount: 2 });
    expect(await save([untried], { m: noteOf() })).toEqual([['m', noteOf({ receives: 2 })]]);
    const neverTried = noteOf({ reason: 'NoTimeLeft', failures: 0 });
    expect(await save([untried], { m: neverTried })).toMatchObject([['m', { reason: 'Deferred' }]]);
    expect(await save([untried])).toEqual([
      ['m', { reason: 'Deferred', detail: 'not tried', failures: 1, begun: 0, receives: 2 }],
    ]);
  });

  test('untried is as suspected as before: it did not live through it', async () => {
    const untried = settlementOf(UNTRIED, { messageId: 'm', receiveCount: 2 });
    expect(await save([untried], { m: noteOf({ begun: 2 }) })).toMatchObject([['m', { begun: 2 }]]);
  });

  test('is noted with the first 200 characters of the detail', async () => {
    const long = settlementOf({ ...FAILED, detail: 'x'.repeat(201) }, { messageId: 'm' });
    const [[, note] = []] = await save([long]);
    expect(note?.detail).toBe('x'.repeat(200));
  });

  test('alone is noted, and nothing is written where nothing does', async () => {
    expect(
      await save([
        settlementOf({ kind: 'applied' }),
        settlementOf({ kind: 'rejected', reason: 'Refused', detail: 'no' }),
        settlementOf(FAILED, { messageId: 'back' }),
      ]),
    ).toMatchObject([['back', {}]]);
    let requests = 0;
    const { store } = watched({
      saveNotes: async () => {
        requests += 1;
      },
    });
    const notes = await MessageNotes.load(store, [], NOW);
    await notes.save([settlementOf({ kind: 'applied' })]);
    expect(requests).toBe(0);
  });

  test('is noted the second time where the first one failed', async () => {
    const store = { ...rememberEvidence(), isShared: true };
    let attempts = 0;
    const saveNotes: EvidenceStore['saveNotes'] = async (notes) => {
      attempts += 1;
      if (attempts === 1) throw new Error('throttled');
      return store.saveNotes(notes);
    };
    const notes = await MessageNotes.load({ ...store, saveNotes }, [], NOW);
    await notes.save([settlementOf(FAILED, { messageId: 'm' })]);
    expect(await store.loadNotes(['m'])).toMatchObject(new Map([['m', { begun: 0 }]]));
    expect(attempts).toBe(2);
  });

  test('comes back without a note where that can’t be written', async () => {
    const { store } = watched({ saveNotes: down });
    const notes = await MessageNotes.load(store, [], NOW);
    await expect(notes.save([settlementOf(FAILED)])).resolves.toBeUndefined();
  });
});
