import { Command } from 'commander';
import * as z from 'zod';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import { checkLetters } from '../dead-letters/check-letters.ts';
import { isLetterFile } from '../dead-letters/letter-file.ts';
import { define } from '../definition.ts';
import type { FileFault, ValidEvent } from '../files/checked-events.ts';
import { eventFile } from '../files/event-file.ts';
import { checkFile, type FileCheck } from '../files/file-check.ts';
import { IgnoredFields } from '../files/ignored-fields.ts';
import { clearingOf, remarksOf } from '../files/remarks.ts';
import { addFileOptions, FileOptions } from '../options/file-options.ts';
import { plural } from '../terminal/plural.ts';

interface ValidatedFile extends FileCheck {
  /** Fields of valid events that the function does not read, and how often each stands there. */
  readonly ignored: IgnoredFields['counts'];
}

/** `validate FILE…` */
export const VALIDATE = define({
  build: () =>
    addFileOptions(
      new Command('validate')
        .description(
          'check files of events against the contract, by the code of the function itself; nothing is sent and AWS is not called',
        )
        .argument('<files...>', 'NDJSON, JSON or CSV; - is standard input'),
    ),
  input: FileOptions.extend({ files: z.array(z.string()) }),
  examples: [
    ['validate events.ndjson', 'one event a line'],
    [
      'validate titles.csv',
      'header guid,title,description,account_key,time; says what it clears, too',
    ],
    ['validate --format json - < export', 'a list of events on standard input'],
  ],
  run: async ({ files, format, ...limits }, { terminal, emit }) => {
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
  },
});

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
