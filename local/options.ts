import { Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { CallUrl } from '../lambda/finerworks/url.ts';
import { FAULT_NAMES, type FaultName } from './finerworks/faults.ts';
import { parseReadings, READING_NAMES, READINGS, type ReadingName } from './finerworks/readings.ts';
import { EventSourceSettings } from './lambda/event-source.ts';

/** Services that listen, each on a port of its own. */
const PORTS = 8;
const LAST_PORT = 65_535;

/** What `npm start` was asked for. */
export const LocalOptions = z
  .object({
    events: z.string().optional(),
    images: z.string().optional(),
    json: z.boolean().default(false),
    serve: z.boolean().default(false),
    api: z.optional(CallUrl),
    keys: z.string().optional(),
    keysByAccount: z.string().optional(),
    yes: z.boolean().default(false),
    wait: z.number(),
    maxImagesPerCall: z.number(),
    faults: z.array(z.enum(FAULT_NAMES)).default([]),
    reading: z.array(z.enum(READING_NAMES)).default([]),
    listLag: z.number().min(0),
    port: z
      .int()
      .min(1)
      .max(LAST_PORT - PORTS + 1)
      .optional(),
    env: z.string().min(1).optional(),
    state: z.string().min(1).optional(),
    webhooks: z.boolean().default(false),
    outcomes: z.boolean().default(false),
  })
  .and(EventSourceSettings)
  .refine(({ api, keys }) => (api === undefined) === (keys === undefined), {
    error: '--api and --keys go together',
  })
  .refine(({ api, events, serve }) => api === undefined || events !== undefined || serve, {
    error: '--api changes real images, so it wants your own --events',
  })
  .refine(({ api, reading }) => api === undefined || reading.length === 0, {
    error: '--reading is what the stand-in does, so it does not go with --api',
  })
  .refine(
    ({ serve, port, env, state, webhooks, outcomes }) =>
      serve || !(port || env || state || webhooks || outcomes),
    { error: '--port, --env, --state, --webhooks and --outcomes go with --serve' },
  );
export type LocalOptions = z.output<typeof LocalOptions>;

const READING_LINES = Object.entries(READINGS)
  .map(([name, what]) => `  ${name.padEnd(22)}${what}`)
  .join('\n');

const EXAMPLES = `
Examples:
  npm start                                     the sample events, with a stand-in for FinerWorks
  npm start -- --events mine.ndjson             your own events, one a line
  npm start -- --events - --json < mine.ndjson  for a program: the last line is one JSON object
  npm start -- --faults reset,html-502          every other request meets one of these faults
  npm start -- --reading first-only,late-list   the stand-in does what FinerWorks may do as well
  npm start -- --serve                          stays up; send with any SDK or the aws command line
  npm start -- --serve --port 4100 --env local.env --state .local
                                                always the same addresses; . local.env sets the
                                                variables; what is there survives a restart
  npm start -- --serve --webhooks               takes the webhooks of shops, signed; send some with
                                                npm run cli -- webhook send
  npm start -- --serve --outcomes               prints what a bus is told of each event
  npm start -- --api https://test-api.finerworks.com --keys keys.json --events mine.ndjson
                                                a real endpoint: changes real images, asks first

Readings of what FinerWorks does not document:
${READING_LINES}

Exit codes: 0 every event is accounted for, 1 some are not, 2 the command line, or a line
that no queue takes, is wrong.`;

/**
 * Reads the command line. On `--help` and on anything wrong it prints and ends the process, with
 * 0 and with 2.
 */
export function readOptions(argv: readonly string[]): LocalOptions {
  const command = new Command('npm start --')
    .description(
      'Runs the whole system on this machine: queue, function, and FinerWorks or a stand-in.',
    )
    .option('--events <file>', 'events to send, one JSON text a line; - for standard input')
    .option('--images <file>', 'the images that the stand-in knows; else every guid in the events')
    .option('--json', 'print one JSON object as the last line of standard output')
    .option(
      '--serve',
      'stay up and take events from the queue, until Ctrl-C; tells what became of each',
    )
    .addOption(
      numeric(
        '--port <first>',
        `with --serve: the first of ${PORTS} ports, one after another; else free ones`,
      ),
    )
    .option('--env <file>', 'with --serve: where to write the variables, for a shell to source')
    .option('--state <folder>', 'with --serve: where queues, ledger and images survive a restart')
    .option('--webhooks', 'with --serve: doors that take signed webhooks (docs/webhooks.md)')
    .option('--outcomes', 'with --serve: print the outcomes that a bus would be told')
    .option('--api <url>', 'a real endpoint instead of the stand-in')
    .option('--keys <file>', 'its keys: {"web_api_key": "…", "app_key": "…"}')
    .option(
      '--keys-by-account <file>',
      'key sets of accounts with their own login: {"ACCOUNT": {"web_api_key": "…", "app_key": "…"}}',
    )
    .option(
      '--faults <names>',
      `what the stand-in does wrong: ${FAULT_NAMES.join(', ')}`,
      splitFaults,
    )
    .option(
      '--reading <names>',
      `what the stand-in makes of what FinerWorks does not document: ${READING_NAMES.join(', ')}`,
      splitReadings,
    )
    .addOption(numeric('--list-lag <seconds>', 'how late lists are with the reading late-list', 60))
    .option('--yes', 'do not ask before changing real images')
    .addOption(numeric('--wait <seconds>', 'how long to wait for events that came back', 120))
    .addOption(numeric('--batch-size <records>', 'records an invocation at most', 500))
    .addOption(numeric('--batching-window-seconds <seconds>', 'time to fill a batch', 1))
    .addOption(numeric('--max-concurrency <invocations>', 'invocations at once', 2))
    .addOption(numeric('--max-images-per-call <images>', 'images a call at most', 50))
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(argv);
  const parsed = LocalOptions.safeParse(command.opts());
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `--${kebab(String(path[0]))}: ${message}`,
  );
  return command.error(`error: ${faults.join('; ')}`);
}

function numeric(flags: string, description: string, standard?: number): Option {
  return new Option(flags, description).default(standard).argParser((text) => {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('Not a number.');
    return value;
  });
}

/** @throws {InvalidArgumentError} naming those that there are not */
function splitFaults(text: string): FaultName[] {
  return text.split(',').map((name) => {
    const known = FAULT_NAMES.find((fault) => fault === name);
    if (known === undefined) throw new InvalidArgumentError(`There is no fault ${name}.`);
    return known;
  });
}

/** @throws {InvalidArgumentError} naming what there is not, or what can't hold at once */
function splitReadings(text: string): ReadingName[] {
  try {
    return parseReadings(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof RangeError ? error.message : String(error));
  }
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
