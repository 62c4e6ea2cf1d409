import type * as z from 'zod';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import { checkLetters } from '../dead-letters/check-letters.ts';
import { isLetterFile } from '../dead-letters/letter-file.ts';
import type { Dependencies, Outcome } from '../definition.ts';
import type { FileOptions } from '../options/file-options.ts';
import { plural } from '../terminal/plural.ts';
import type { FileFault, ValidEvent } from './checked-events.ts';
import { eventFile } from './event-file.ts';
import { checkFile, type FileCheck } from './file-check.ts';
import { IgnoredFields } from './ignored-fields.ts';
import { clearingOf, remarksOf } from './remarks.ts';

interface ValidatedFile extends FileCheck {
  /** Fields of valid events that the function does not read, and how often each stands there. */
  readonly ignored: IgnoredFields['counts'];
}

/** Checks files of events and reports every fault; nothing is sent. */
export async function validateFiles(
  {
    files,
    format,
    ...limits
  }: z.output<typeof FileOptions> & { readonly files: readonly string[] },
  { terminal, emit }: Dependencies,
): Promise<Outcome> {
  const readEvent = explainingReader(limits);
  const checks: ValidatedFile[] = [];
  for (const file of files.map((name) => eventFile(name, format))) {
    const ignored = new IgnoredFields();
    const onFault = (fault: FileFault) => {
      const { line, reason, detail } = fault;
      emit(`${file.name}:${line}: ${reason}: ${detail}`, { file: file.name, ...fault });
    };
    const onValid = ({ text }: ValidEvent) => ignored.count(text);
    const check = (await isLetterFile(file))
      ? await checkLetters(file.name, limits, onFault, onValid)
      : await checkFile(file, readEvent, terminal, onFault, onValid);
    checks.push({ ...check, ignored: ignored.counts });
  }
  const isValid = checks.every(({ faults }) => faults === 0);
  return {
    exitCode: isValid ? 0 : 1,
    text: checks.map(render).join('\n'),
    json: { valid: isValid, files: checks },
  };
}

function render(check: ValidatedFile): string {
  const { file, events, faults, cleared, ignored } = check;
  const result = faults === 0 ? 'all valid' : plural(faults, 'fault');
  const clearing = clearingOf(cleared);
  const said = `${file}: ${plural(events, 'event')}, ${result}`;
  const first = clearing === undefined ? said : `${said}; ${clearing}`;
  const remarks = [...remarksOf(check), ...ignoredOf(ignored)];
  return [first, ...remarks.map((remark) => `${file}: ${remark}`)].join('\n');
}

function ignoredOf(ignored: ValidatedFile['ignored']): string[] {
  const fields = Object.entries(ignored).map(([name, count]) => `${name} (${count})`);
  if (fields.length === 0) return [];
  return [`ignored, since they are no fields of the contract: ${fields.join(', ')}`];
}
