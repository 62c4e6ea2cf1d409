import * as z from 'zod';
import { DISCARD, EXPORT, LIST, REDRIVE, SHOW } from './dead-letters.ts';
import { PREVIEW, SEND, VALIDATE } from './events.ts';
import {
  CHECK,
  CONSOLE,
  GUIDS,
  IMAGE_FORGET,
  IMAGE_SHOW,
  PROBE,
  ROLLBACK,
  SMOKE_TEST,
  STATUS,
  SWITCH,
  TAIL,
  WEBHOOK_SEND,
} from './operation.ts';
import { EVENT_LIST, EVENT_SHOW, IMAGE_HISTORY } from './trail.ts';

/** What a command prints with `--json`, a line each. */
interface CommandJson {
  /** What is found on the way. */
  readonly line?: z.ZodType;
  /** The last line, unless it is an error (`Failed`). */
  readonly result: z.ZodType;
}

/** By command. Every command line that the tests run with `--json` is held to it. */
export const COMMAND_JSON: Readonly<Record<string, CommandJson>> = {
  validate: VALIDATE,
  preview: PREVIEW,
  send: SEND,
  'dlq list': LIST,
  'dlq show': SHOW,
  'dlq export': EXPORT,
  'dlq redrive': REDRIVE,
  'dlq discard': DISCARD,
  'image show': {
    line: IMAGE_HISTORY.line,
    result: z.union([IMAGE_SHOW.result, IMAGE_HISTORY.result]),
  },
  'image forget': IMAGE_FORGET,
  'event show': EVENT_SHOW,
  'event list': EVENT_LIST,
  status: STATUS,
  tail: TAIL,
  check: CHECK,
  console: CONSOLE,
  'smoke-test': SMOKE_TEST,
  probe: PROBE,
  pause: SWITCH,
  resume: SWITCH,
  rollback: ROLLBACK,
  guids: GUIDS,
  'webhook send': WEBHOOK_SEND,
};
