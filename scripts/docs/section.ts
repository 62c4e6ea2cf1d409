/**
 * A document with one of its sections written anew: what stands between `<!-- name -->` and
 * `<!-- end of name -->`.
 */
export function withSection(page: string, name: string, text: string): string {
  const section = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*(<!-- end of ${name} -->)`);
  return page.replace(section, (_, begin: string, end: string) => `${begin}${text}${end}`);
}
