/**
 * Usual lengths of cut texts: 50 and 1,000 are the limits of FinerWorks' own file manager, 300 belongs
 * to its galleries (docs/finerworks-api.md).
 */
const USUAL_CUTS = [50, 300, 1_000];
/** The most other lengths that a sandbox remembers: a field has one limit. */
const MAX_CUTS = 8;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const ENTITY_OF: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** How FinerWorks rewrites texts, as far as one sandbox has seen. */
export class Rewriting {
  readonly #cuts = new Set<number>();

  /**
   * Whether a text may be stored as another one: its blanks trimmed or folded, its entities decoded or
   * encoded, normalised, or cut at a usual length.
   */
  isPlausible(sent: string, shown: string): boolean {
    const folded = fold(shown);
    if (folded === fold(sent)) return true;
    const isLonger = sent.length > shown.length;
    return isLonger && [...USUAL_CUTS, ...this.#cuts].some((at) => isCut(sent, folded, at));
  }

  /** Remembers the length of a stored text that was cut. */
  learn(sent: string, shown: string): void {
    if (shown.length === 0 || !sent.startsWith(shown) || this.#cuts.size >= MAX_CUTS) return;
    this.#cuts.add(shown.length);
  }
}

/** A text can be cut before it is rewritten otherwise, or after that. */
function isCut(sent: string, folded: string, at: number): boolean {
  const whole = [sent, sent.trim(), decode(sent), fold(sent), encode(sent)];
  return whole.some((text) => text.length > at && fold(text.slice(0, at)) === folded);
}

/** A text in a form that is the same before and after rewriting. */
function fold(text: string): string {
  // A cut inside an emoji leaves half of it, or a replacement character.
  const sound = decode(text)
    .normalize('NFC')
    .toWellFormed()
    .replace(/\uFFFD+$/, '');
  return sound.replace(/\s+/g, ' ').trim();
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi, (entity, ...found) => {
    const [decimal, hex, name] = found.map((part) => (typeof part === 'string' ? part : undefined));
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}

function encode(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ENTITY_OF[char] ?? char);
}
