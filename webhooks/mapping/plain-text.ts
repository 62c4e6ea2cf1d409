import { convert } from 'html-to-text';

/** A tag, a comment or a character reference. Without any, line breaks and spaces are the text's own. */
const HTML = /<[a-z!/]|&(?:#\d+|#x[\da-f]+|\w+);/i;

/** Deeper than any text of people; 50,000 levels overflow the stack of html-to-text. */
const MAX_DEPTH = 100;

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

/** A text without the HTML that it may be written in. */
export function plainText(text: string): string {
  return (
    HTML.test(text) ? convert(text, { ...OPTIONS, selectors: [...OPTIONS.selectors] }) : text
  ).trim();
}
