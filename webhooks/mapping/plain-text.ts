import { convert } from 'html-to-text';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';

/** A tag, a comment or a character reference. Without any, line breaks and spaces are the text's own. */
const HTML = /<[a-z!/]|&(?:#\d+|#x[\da-f]+|\w+);/i;

/** Deeper than any text of people; 50,000 levels overflow the stack of html-to-text. */
const MAX_DEPTH = 100;

/**
 * Characters of HTML. The time that tags take which are never closed grows with their square: 20 s for a million
 * characters of `<div>`, one for as many as this.
 */
const MAX_HTML = 200_000;

const OPTIONS = {
  wordwrap: false,
  limits: { maxDepth: MAX_DEPTH, ellipsis: '…' },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
      selector,
      options: { uppercase: false },
    })),
  ],
} as const;

/**
 * A text without the HTML that it may be written in.
 *
 * @throws {RejectedEvent} `InvalidEvent` where there is more HTML than can be read in time
 */
export function plainText(text: string): string {
  if (!HTML.test(text)) return text.trim();
  if (text.length > MAX_HTML) {
    throw new RejectedEvent(
      'InvalidEvent',
      `${text.length} characters of HTML, more than ${MAX_HTML}`,
    );
  }
  return convert(text, { ...OPTIONS, selectors: [...OPTIONS.selectors] }).trim();
}
