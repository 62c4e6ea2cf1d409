import { once } from 'node:events';
import { join } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { define } from '../definition.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { stateFolder } from '../state-folder.ts';
import { write } from '../terminal/terminal.ts';

/** `console` */
export const CONSOLE = define({
  build: () =>
    addTargetOptions(
      new Command('console').description(
        'status, dead letters, events, images and files in the browser, on this machine alone; --stack takes several, with commas',
      ),
    )
      .option('--port <number>', 'where it listens on 127.0.0.1 (default: a free one)', wholeNumber)
      .option('--read-only', 'refuse everything that changes anything')
      .option('--no-open', 'only print the address'),
  input: TargetOptions.extend({
    port: z.int().min(0).max(65_535).default(0),
    readOnly: z.boolean().default(false),
    open: z.boolean().default(true),
  }),
  examples: [
    ['console', 'of the default stack; Ctrl-C ends it'],
    ['console --stack Staging,Production --read-only', 'two deployments, to look at'],
    ['console --no-open --port 8080', 'for a browser behind ssh -L 8080:127.0.0.1:8080'],
  ],
  run: async ({ port, readOnly, open, stack, ...queues }, { terminal }) => {
    // Loaded here: no other command needs a server.
    const { startConsole } = await import('../../console/server/start.ts');
    const { readPage } = await import('../../console/server/page-files.ts');
    const stop = terminal.interruption.defer();
    const stacks = stack?.split(',').filter((name) => name !== '') ?? [undefined];
    await using console = await startConsole({
      targets: stacks.map((name) => ({ ...queues, stack: name })),
      isReadOnly: readOnly,
      port,
      page: readPage(),
      folder: join(stateFolder(terminal.environment), 'sent'),
      terminal,
    });
    const address = console.address();
    write(terminal.stderr, `The console: ${address}\nCtrl-C ends it.\n`);
    if (open) await openBrowser(address);
    if (!stop.aborted) await once(stop, 'abort');
    return { exitCode: 0, text: 'The console has ended.', json: { origin: console.origin } };
  },
});

/** Where no browser opens, the address is on the screen. */
async function openBrowser(address: string): Promise<void> {
  const { default: open } = await import('open');
  const child = await open(address);
  child.on('error', () => {});
}
