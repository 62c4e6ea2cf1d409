import type { Fault } from './fault.ts';

/** Faults in how records are found that kill the process, and in the notes on messages. */
export const SUSPECT_FAULTS: readonly Fault[] = [
  {
    name: 'no note is left of why records go back',
    from: 381,
    file: 'records/message-notes.ts',
    search: 'if (notes.size === 0) return;',
    replace: 'if (notes.size >= 0) return;',
  },
  {
    name: 'suspected records do not come last',
    from: 111,
    file: 'records/suspects.ts',
    search: 'return { sound: (byDeaths.get(undefined) ?? []).flat(), suspected, deadly };',
    replace: 'return { sound: rest, suspected: [], deadly };',
  },
  {
    name: 'what is done is not deleted before suspected records are touched',
    world: { name: 'killer-record', variant: 'reading' },
    file: 'pipeline.ts',
    search: 'await deleteDone(outcomes, this.#dependencies.deleteMessages);',
    replace: '',
    and: { file: 'pipeline.ts', search: 'await deleteDone(done, deleteMessages);', replace: '' },
  },
  {
    name: 'that a suspected record was begun is not counted',
    from: 111,
    file: 'records/message-notes.ts',
    search: 'begun: begun + 1, until, receives }',
    replace: 'begun, until, receives }',
  },
  {
    name: 'two deaths are enough to give a record up',
    from: 111,
    file: 'records/message-notes.ts',
    search: 'export const MAX_DEATHS = 4;',
    replace: 'export const MAX_DEATHS = 2;',
  },
  {
    name: 'the most suspected records are touched with others',
    from: 111,
    file: 'records/suspects.ts',
    search: 'const CHUNKS = [32, 2, 1];',
    replace: 'const CHUNKS = [32, 32, 32, 32];',
  },
  {
    name: 'what goes back is deleted before suspected records are touched',
    from: 367,
    file: 'settlement/deletion.ts',
    search: 'returned.has(record.messageId)',
    replace: "returned.has('')",
  },
];
