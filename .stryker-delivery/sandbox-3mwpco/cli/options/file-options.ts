// @ts-nocheck
import { type Command, Option } from 'commander';
import * as z from 'zod';
import { FORMATS } from '../files/event-file.ts';
import { addLimitOptions, LimitOptions } from './limit-options.ts';

/** How files of events are read. */
export const FileOptions = LimitOptions.extend({ format: z.enum(FORMATS).optional() });

/** Adds the options of commands that read files of events. */
export function addFileOptions(command: Command): Command {
  return addLimitOptions(
    command.addOption(
      new Option('--format <format>', 'of the files, where their names do not say it').choices(
        FORMATS,
      ),
    ),
  );
}
