import type { Update } from '../images/change.ts';

/** What is known of a set of images once it was sent, or could not be. */
export type Finding =
  /** All of it went through. */
  | { readonly kind: 'good' }
  /** It holds at least one culprit. The hints order the search and prove nothing. */
  | { readonly kind: 'bad'; readonly hints: Hints }
  /** Too large a request: nothing is known of its images. */
  | { readonly kind: 'tooLarge' }
  /** Not known, and not to be asked again in this invocation. */
  | { readonly kind: 'unknown' };

/** What a refusal says of single images. */
export interface Hints {
  /** The answer's words, in lower case. */
  readonly prose: string;
  /** The images that the answer lists, where it lists any. */
  readonly listed: ReadonlySet<string> | undefined;
}

/** Three with one culprit take 10/3 calls on average where they are halved, and three singly. */
const SINGLY = 3;

/** Sends a set of images once, and books what became of them. */
export type Probe = (updates: readonly Update[]) => Promise<Finding>;

/**
 * Narrows a refused set down until each culprit stands alone and everything else went through.
 *
 * Images that the refusal names are tried apart from the others; else the set is halved, or tried
 * singly where it is small. Where all but the last group are good, the last one holds the culprit
 * and need not be sent whole. The larger groups go first: so most good images are through early, and
 * where none is, that says something about FinerWorks and not about a corner of the set (see
 * `Culprits`).
 *
 * One culprit in 50 takes at most 13 calls, the refused one included; k culprits in 50 at most
 * min(99, 2k(log2(64/k)+1)-1): each refused set costs its two halves, on at most 6 levels.
 *
 * @param suspects what was sent together
 * @param finding what came of it
 */
export async function narrow(
  suspects: readonly Update[],
  finding: Finding,
  probe: Probe,
): Promise<void> {
  const pending = [{ group: suspects, finding }];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    for (const part of await probeParts(next.group, next.finding, probe)) pending.push(part);
  }
}

interface Part {
  readonly group: readonly Update[];
  readonly finding: Finding;
}

/** Sends the parts of a set, as far as the set's own finding leaves anything to find out. */
async function probeParts(
  suspects: readonly Update[],
  finding: Finding,
  probe: Probe,
): Promise<Part[]> {
  if (suspects.length < 2 || finding.kind === 'good' || finding.kind === 'unknown') return [];
  const groups = finding.kind === 'bad' ? divide(suspects, finding.hints) : halve(suspects);
  const parts: Part[] = [];
  for (const group of groups) {
    const isLast = parts.length === groups.length - 1;
    const othersAreGood = parts.every((part) => part.finding.kind === 'good');
    // A culprit alone is sent all the same: its own refusal is the evidence against it.
    const known = finding.kind === 'bad' && isLast && othersAreGood && group.length > 1;
    parts.push({ group, finding: known ? BAD : await probe(group) });
  }
  return parts;
}

const BAD: Finding = { kind: 'bad', hints: { prose: '', listed: undefined } };

/** @returns two or more groups, none empty */
function divide(suspects: readonly Update[], { prose, listed }: Hints): (readonly Update[])[] {
  const named = suspects.filter(({ guid }) => prose.includes(guid));
  // An answer that names most of the call repeats the request and accuses nobody.
  if (named.length > 0 && named.length <= suspects.length / 2) {
    const others = suspects.filter((suspect) => !named.includes(suspect));
    // The others first: that they are taken shows that FinerWorks takes anything at all, however
    // many are refused alone after that (see `Culprits`).
    return [others, ...named.map((suspect) => [suspect])];
  }
  // Images that the answer leaves out are likelier culprits: together in one half, the other is good.
  const isListed = ({ guid }: Update) => listed?.has(guid) ?? false;
  return halve([
    ...suspects.filter((suspect) => !isListed(suspect)),
    ...suspects.filter((suspect) => isListed(suspect)),
  ]);
}

function halve(suspects: readonly Update[]): (readonly Update[])[] {
  if (suspects.length <= SINGLY) return suspects.map((suspect) => [suspect]);
  const middle = Math.ceil(suspects.length / 2);
  return [suspects.slice(0, middle), suspects.slice(middle)];
}
