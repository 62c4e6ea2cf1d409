import { Command } from 'commander';
import * as z from 'zod';
import { readSettings } from '../../../infra/settings.ts';
import { SettingsError } from '../../../infra/settings-error.ts';
import { estimate } from './backfill.ts';
import { answer } from './page.ts';

/** `npm run cost`: what sending many images takes, by these settings and today's price table. */
const Options = z.object({
  images: z.coerce.number<string>().int().min(1),
  imagesPerEvent: z.coerce.number<string>().int().min(1),
  secondsPerCall: z.coerce.number<string>().positive(),
  setting: z.array(z.string().regex(/^\w+=/)),
});

const command = new Command('cost')
  .option('--images <number>', 'how many images', '1000000')
  .option('--images-per-event <number>', 'how many of them in one event', '1')
  .option('--seconds-per-call <seconds>', 'how long FinerWorks takes for a call', '1')
  .option('-c, --setting <name=value...>', 'settings of the stack', [])
  .parse();
const parsed = Options.safeParse(command.opts());
if (!parsed.success) {
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path[0]?.toString()}: ${message}`,
  );
  command.error(faults.join('; '), { exitCode: 2 });
} else {
  const { setting, ...backfill } = parsed.data;
  const given = setting.map((text) => text.split(/=(.*)/s).slice(0, 2));
  try {
    const settings = readSettings(Object.fromEntries(given));
    process.stdout.write(`${answer(backfill, estimate(backfill, settings))}\n`);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    command.error(error.message, { exitCode: 2 });
  }
}
