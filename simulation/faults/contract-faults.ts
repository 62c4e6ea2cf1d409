import type { Fault } from './fault.ts';

/** Faults that lose a change without a word, since what is wrong with its event is overlooked. */
export const CONTRACT_FAULTS: readonly Fault[] = [
  {
    name: 'names that are nearly right are ignored like any other',
    file: 'contract/faults/near-names.ts',
    search: 'return NEAR_NAMES.get(letters) ?? (field && {',
    replace: 'return undefined ?? (field && letters === field && {',
  },
  {
    name: 'the quick way to read an event looks at no names',
    file: 'contract/plain-body.ts',
    search: 'return others === 0 || misnamedIn(object, place, isTimed).length === 0;',
    replace: 'return others === 0 || place !== undefined;',
  },
  {
    name: 'the account of an image is ignored',
    file: 'contract/faults/misnamed.ts',
    search: "if (place === 'image' && !isOfImage) return faultOfMisplaced(",
    replace: "if (place === 'image' && field === 'images') return faultOfMisplaced(",
  },
  {
    name: 'a time that nobody set is as good as any other',
    file: 'records/parse-record.ts',
    search: 'refuseTimeTooOld(order, limits.maxTimeAgeYears);',
    replace: '',
  },
];
