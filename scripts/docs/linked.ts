/** A text for a page in docs, with links to the other pages that it names. */
export function linked(text: string): string {
  return text.replaceAll(/\(docs\/([\w-]+)\.md\)/g, '([$1]($1.md))');
}
