import { type GuardedField, KNOWN_FIELDS, LONG_NAMES, SYNONYMS } from './field-names.ts';

/** Which field a key means: by its own name, by that in another spelling, or by another name. */
export interface Meaning {
  readonly field: GuardedField;
  readonly by: 'name' | 'spelling' | 'synonym';
}

const FIELDS = Object.keys(SYNONYMS).filter(isGuarded);
const NAMES = new Map<string, Meaning>(FIELDS.map((field) => [field, { field, by: 'name' }]));
const NEAR_NAMES = new Map<string, Meaning>([
  ...FIELDS.flatMap((field) =>
    SYNONYMS[field].map((name): [string, Meaning] => [name, { field, by: 'synonym' }]),
  ),
  ...FIELDS.map((field): [string, Meaning] => [lettersOf(field), { field, by: 'spelling' }]),
]);

/** What a key of an event surely means; undefined where it is a producer's own. */
export function nearestName(key: string): Meaning | undefined {
  return NAMES.get(key) ?? nearName(lettersOf(key));
}

function nearName(letters: string): Meaning | undefined {
  const field = LONG_NAMES.find((name) => isOneSlipFrom(lettersOf(name), letters));
  return NEAR_NAMES.get(letters) ?? (field && { field, by: 'synonym' });
}

/** Without case, underscores, hyphens and invisible characters, such as a byte order mark. */
function lettersOf(key: string): string {
  return key.toLowerCase().replace(/[-_\p{C}\p{Z}]/gu, '');
}

/** Whether all that differs is one letter too many, too few or wrong, or two that are swapped. */
function isOneSlipFrom(name: string, letters: string): boolean {
  // `description2` is another field.
  if (/\d/.test(letters)) return false;
  let at = 0;
  while (at < name.length && name[at] === letters[at]) at += 1;
  const [rest, given] = [name.slice(at), letters.slice(at)];
  return (
    rest.slice(1) === given ||
    rest === given.slice(1) ||
    rest.slice(1) === given.slice(1) ||
    (rest[0] === given[1] && rest[1] === given[0] && rest.slice(2) === given.slice(2))
  );
}

function isGuarded(name: string): name is GuardedField {
  return KNOWN_FIELDS.single.has(name);
}
