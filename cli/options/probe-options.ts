import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { PROBE_FILE } from '../../infra/doctor/probed.ts';
import { Guid } from '../../lambda/contract/image.ts';
import { CallUrl } from '../../lambda/finerworks/url.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { type Keys, parseKeys } from '../../lambda/keys/keys.ts';
import { errorCode } from '../error-code.ts';
import { UsageError } from '../errors.ts';
import { addTargetOptions, TargetOptions } from './target-options.ts';

/** What `probe` was asked for. */
export const ProbeOptions = TargetOptions.extend({
  keys: z.string().optional(),
  api: z.optional(CallUrl),
  account: z.string().min(1).optional(),
  sessionId: z.string().min(8).max(50).optional(),
  write: z
    .tuple([Guid, Guid], 'wants the guids of two images')
    .refine(([one, other]) => one !== other, 'wants two images, not one twice')
    .optional(),
  yes: z.boolean().default(false),
  callsPerSecond: z.number().positive().max(1_000).default(1),
  save: z.union([z.literal(true).transform(() => PROBE_FILE), z.string().min(1)]).optional(),
}).refine(({ api, keys }) => api === undefined || keys !== undefined, {
  error: '--api goes with --keys only: the keys of a deployment are for its own address',
});
export type ProbeOptions = z.output<typeof ProbeOptions>;

/** Adds the options of `probe`. */
export function addProbeOptions(command: Command): Command {
  return addTargetOptions(command)
    .option(
      '--keys <file>',
      'keys of your own: {"web_api_key": "…", "app_key": "…"}; AWS is not called then',
    )
    .option('--api <url>', 'with --keys: another address than https://api.finerworks.com')
    .option('--account <key>', 'the account whose library is read, account_key')
    .option('--session-id <id>', 'for list_images; else that of the deployment, or a new one')
    .option(
      '--write <guids...>',
      'two images that may be changed for some minutes, and are put back; asks first',
    )
    .option('--yes', 'do not ask')
    .option('--calls-per-second <calls>', 'how fast (default: 1)', callsPerSecond)
    .option(
      '--save [file]',
      `keep what was seen for synth and check, which read ${PROBE_FILE} in the working folder`,
    );
}

/**
 * Reads a file of keys.
 *
 * @throws {UsageError} where it can't be read
 * @throws {KeysError} where it does not hold them
 */
export async function keysIn(file: string): Promise<Keys> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: can't be read (${errorCode(error) ?? 'unknown cause'})`);
  }
  return parseKeys(jsonOrUndefined(text), file);
}

/** @throws {InvalidArgumentError} which commander prints */
function callsPerSecond(text: string): number {
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('Not a number.');
  return Number(text);
}
