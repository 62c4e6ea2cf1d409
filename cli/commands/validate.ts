import { Command } from 'commander';
import * as z from 'zod';
import { define } from '../definition.ts';
import { validateFiles } from '../files/validate-files.ts';
import { addFileOptions, FileOptions } from '../options/file-options.ts';

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
  run: validateFiles,
});
