import { once } from 'node:events';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interruption } from '../cli/terminal/interruption.ts';
import { write } from '../cli/terminal/terminal.ts';
import { buildPage } from '../console/build-page.ts';
import { type RunningConsole, startConsole } from '../console/server/start.ts';
import { SOURCE_NAMES } from '../webhooks/sources/source-names.ts';
import { exportsOf, writeEnvironmentFile } from './environment-file.ts';
import type { LocalSystem } from './system.ts';

interface ServeOptions {
  readonly json: boolean;
  /** Where variables are written to, for a shell to source. */
  readonly envFile: string | undefined;
  /** Where queues, ledger and images survive a restart. */
  readonly state: string | undefined;
  /** Sent at the beginning. */
  readonly events: readonly string[];
  /** Whether the stand-in takes every guid, or only the images that were named. */
  readonly takesAll: boolean;
}

/** Stays up until Ctrl-C or SIGTERM, and says how to send events meanwhile. */
export async function serve(
  system: LocalSystem,
  { json, envFile, state, events, takesAll }: ServeOptions,
): Promise<void> {
  const { standIn, environment, functionEnvironment, queues } = system;
  const variables = {
    ...environment,
    // Version 1 of the command line does not know AWS_REGION.
    AWS_DEFAULT_REGION: environment.AWS_REGION ?? '',
    ...functionEnvironment,
  };
  // Without queues that stay, what was sent before is gone too.
  using folder = mkdtempDisposableSync(join(tmpdir(), 'finerworks-sent-'));
  await using console = await consoleOf(system, state ? join(state, 'sent') : folder.path);
  using _file = envFile === undefined ? undefined : writeEnvironmentFile(envFile, variables);
  const howTo = envFile === undefined ? exportsOf(variables) : [`. ${envFile}`];
  // Programs read standard output as lines of JSON.
  if (json) process.stdout.write(`${JSON.stringify({ environment: variables })}\n`);
  write(
    json ? process.stderr : process.stdout,
    [
      'The system is up. In another terminal:',
      '',
      ...howTo,
      '',
      `aws --endpoint-url "$AWS_ENDPOINT_URL_SQS" sqs send-message --queue-url "$QUEUE_URL" --message-body '{"guid": "eaedbfbc-aee8-408f-9a80-43bda4e94de7", "title": "My Cool Image"}'`,
      '',
      'npm run cli -- status',
      '',
      `The console: ${console.address()}`,
      '',
      ...webhookLines(system),
      `The stand-in for FinerWorks listens on ${standIn.url} and takes ${takesAll ? 'every guid' : 'the images that were named'}.`,
      'Ctrl-C ends it.',
      '',
      '',
    ].join('\n'),
  );
  if (events.length > 0) await queues.send(events);
  system.start();
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  process.stderr.write('Stopping.\n');
  await system.stop();
}

/** How to send a webhook; nothing where there are no doors. */
function webhookLines({ doors }: LocalSystem): string[] {
  if (doors === undefined) return [];
  const address = `Webhooks: ${doors.url}/SOURCE, where SOURCE is ${SOURCE_NAMES.join(', ')}`;
  return [
    address,
    '',
    'npm run cli -- webhook send shopify test/webhooks/payloads/shopify.json',
    '',
  ];
}

/** The console of this system, in this process: its SDK takes the same variables as a command line's. */
async function consoleOf(
  { environment, functionEnvironment }: LocalSystem,
  folder: string,
): Promise<RunningConsole> {
  Object.assign(process.env, environment, functionEnvironment);
  const { stdin, stdout, stderr, env } = process;
  return startConsole({
    ...{ targets: [{}], isReadOnly: false, port: 0, page: buildPage(), folder },
    terminal: { stdin, stdout, stderr, environment: env, interruption: new Interruption() },
  });
}
