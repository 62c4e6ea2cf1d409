import { UsageError } from '../errors.ts';
import type { FileCheck } from '../files/file-check.ts';
import { clearingOf } from '../files/remarks.ts';
import { agrees } from '../terminal/agreement.ts';
import { isTerminal, type Terminal } from '../terminal/terminal.ts';

/**
 * Asks whether texts are to be cleared, where a file clears any: exporters that put every cell in quotation
 * marks write an empty text for each value that they do not have.
 *
 * @returns whether the files may be sent
 * @throws {UsageError} where there is no terminal to ask at
 */
export async function mayClear(checks: readonly FileCheck[], terminal: Terminal): Promise<boolean> {
  const clearings = checks.flatMap(({ file, cleared }) => {
    const clearing = clearingOf(cleared);
    return clearing === undefined ? [] : [`${file} ${clearing}`];
  });
  if (clearings.length === 0) return true;
  const what = clearings.join('; ');
  if (isTerminal(terminal.stdin)) return await agrees(`${what}. Send it?`, terminal);
  throw new UsageError(
    `${what} with empty texts, and there is no terminal to ask at: add --allow-clearing where that is meant; nothing was sent`,
  );
}
