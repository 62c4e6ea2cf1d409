import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Argument, Command } from 'commander';
import * as z from 'zod';
import type { Answer } from '../../webhooks/answers.ts';
import { SENDERS } from '../../webhooks/senders.ts';
import { SOURCE_NAMES, type SourceName } from '../../webhooks/sources/source-names.ts';
import { findTarget } from '../aws/target.ts';
import { define } from '../definition.ts';
import { errorCode } from '../error-code.ts';
import { UsageError } from '../errors.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { postWebhook } from '../webhooks/post-webhook.ts';
import { signedRequest } from '../webhooks/signed-request.ts';

/** What each answer of a door means, for people. */
const MEANINGS: Readonly<Record<Answer, string>> = {
  published: 'its event is on the queue',
  ignored: 'signed, and its topic says nothing of titles and descriptions',
  'without-guid': 'signed, and it has no guid: no image of FinerWorks belongs to it',
  undelivered: 'signed, and it could not be mapped: see dlq list --from webhooks',
  ping: 'a ping: somebody is there',
  unsigned: 'not signed as the door expects: is it the secret that the door knows?',
  refused: 'no way in which webhooks come',
  unavailable: 'something behind the door does not answer: see its log, and send it again',
};

/** `webhook send SOURCE FILE` */
export const WEBHOOK_SEND = define({
  build: () =>
    addTargetOptions(
      new Command('send')
        .description('sign the payload of a file as its source does, and post it to the door')
        .addArgument(new Argument('<source>', 'whose webhook it is').choices(SOURCE_NAMES))
        .argument('<file>', 'the payload: the body of a webhook, as it is')
        .option('--url <url>', 'the door (default: WEBHOOKS_URL, else the output of the stack)')
        .option('--secret-file <file>', 'where the signing secret is (default: WEBHOOK_SECRET)')
        .option('--topic <topic>', 'what it is about (default: a changed product or entry)')
        .option('--id <id>', 'of the delivery; the same again is a replay (default: a new one)'),
    ),
  input: TargetOptions.extend({
    source: z.enum(SOURCE_NAMES),
    file: z.string(),
    url: z.url().optional(),
    secretFile: z.string().min(1).optional(),
    topic: z.string().min(1).optional(),
    id: z.string().min(1).optional(),
  }),
  examples: [
    ['webhook send shopify product.json', 'to npm start -- --serve --webhooks'],
    ['webhook send woocommerce product.json --topic product.deleted', 'of another topic'],
    [
      'webhook send shopify product.json --stack Staging --secret-file secret.txt',
      'to a deployed door',
    ],
  ],
  run: async ({ source, file, topic, id = randomUUID(), ...input }, { terminal }) => {
    const url = input.url ?? (await doorUrl(source, input, terminal));
    const secret = await secretOf(input.secretFile, terminal);
    if (!SENDERS[source].signer.takes(secret)) {
      throw new UsageError(`the signing secret is none of ${source}`);
    }
    const body = await contentOf(file);
    const request = signedRequest(SENDERS[source], { url, secret, body, topic, id });
    const { status, answer } = await postWebhook(url, request);
    const meaning =
      answer === undefined ? 'no door says that: is it the right address?' : MEANINGS[answer];
    return {
      exitCode: status === 200 && answer !== 'undelivered' ? 0 : 1,
      text: `HTTP ${status}: ${meaning}.`,
      json: { source, url, id, status, ...(answer && { answer }) },
    };
  },
});

async function doorUrl(
  source: SourceName,
  target: TargetOptions,
  terminal: Terminal,
): Promise<string> {
  const url = await findTarget(target, terminal).deployment.doorUrl(source);
  if (url !== undefined) return url;
  throw new UsageError(
    `the stack has no door for ${source}: name it in the setting webhooks, or the address with --url`,
  );
}

async function secretOf(file: string | undefined, { environment }: Terminal): Promise<string> {
  const secret = file === undefined ? environment.WEBHOOK_SECRET : await contentOf(file);
  if (secret !== undefined && secret.toString().trim() !== '') return secret.toString().trim();
  throw new UsageError('no signing secret: name a file with --secret-file, or set WEBHOOK_SECRET');
}

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${file}: can't be read (${code})`, { cause: error });
  }
}
