import { once } from 'node:events';
import { Interruption } from '../cli/terminal/interruption.ts';
import { buildPage } from '../console/build-page.ts';
import { type RunningConsole, startConsole } from '../console/server/start.ts';
import type { LocalSystem } from './system.ts';

/** Stays up until Ctrl-C or SIGTERM, and says how to send events meanwhile. */
export async function serve(system: LocalSystem): Promise<void> {
  const { standIn, environment, functionEnvironment } = system;
  const exports = Object.entries({
    ...environment,
    // Version 1 of the command line does not know AWS_REGION.
    AWS_DEFAULT_REGION: environment.AWS_REGION ?? '',
    ...functionEnvironment,
  }).map(([name, value]) => `export ${name}=${value}`);
  await using console = await consoleOf(system);
  process.stdout.write(
    `${[
      'The system is up. In another terminal:',
      '',
      ...exports,
      '',
      `aws --endpoint-url "$AWS_ENDPOINT_URL_SQS" sqs send-message --queue-url "$QUEUE_URL" --message-body '{"guid": "eaedbfbc-aee8-408f-9a80-43bda4e94de7", "title": "My Cool Image"}'`,
      '',
      'npm run cli -- status',
      '',
      `The console: ${console.address()}`,
      '',
      `The stand-in for FinerWorks listens on ${standIn.url} and takes every guid.`,
      'Ctrl-C ends it.',
      '',
    ].join('\n')}`,
  );
  system.start();
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  process.stdout.write('Stopping.\n');
}

/** The console of this system, in this process: its SDK takes the same variables as a command line's. */
async function consoleOf({
  environment,
  functionEnvironment,
}: LocalSystem): Promise<RunningConsole> {
  Object.assign(process.env, environment, functionEnvironment);
  const { stdin, stdout, stderr, env } = process;
  return startConsole({
    ...{ targets: [{}], isReadOnly: false, port: 0, page: buildPage() },
    terminal: { stdin, stdout, stderr, environment: env, interruption: new Interruption() },
  });
}
