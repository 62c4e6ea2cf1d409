import { Command } from 'commander';
import { CHECK } from './commands/check.ts';
import { CONSOLE } from './commands/console.ts';
import { DLQ_DISCARD } from './commands/dlq-discard.ts';
import { DLQ_EXPORT } from './commands/dlq-export.ts';
import { DLQ_LIST } from './commands/dlq-list.ts';
import { DLQ_REDRIVE } from './commands/dlq-redrive.ts';
import { DLQ_SHOW } from './commands/dlq-show.ts';
import { EVENT_LIST, EVENT_SHOW } from './commands/event.ts';
import { GUIDS } from './commands/guids.ts';
import { IMAGE_FORGET, IMAGE_SHOW } from './commands/image.ts';
import { PAUSE, RESUME } from './commands/pause.ts';
import { PREVIEW } from './commands/preview.ts';
import { PROBE } from './commands/probe.ts';
import { ROLLBACK } from './commands/rollback.ts';
import { SEND } from './commands/send.ts';
import { SMOKE_TEST } from './commands/smoke-test.ts';
import { STATUS } from './commands/status.ts';
import { TAIL } from './commands/tail.ts';
import { VALIDATE } from './commands/validate.ts';
import { WEBHOOK_SEND } from './commands/webhook-send.ts';
import { addCompletion } from './completion.ts';
import type { Finish } from './definition.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { Terminal } from './terminal/terminal.ts';
import { packageVersion } from './version.ts';

const DESCRIPTION =
  'For producers of image updates, and for people on call when the dead-letter queue fills.';

const ENVIRONMENT_HELP = `
Where the queues are: --queue and --dlq, else QUEUE_URL and DEAD_LETTER_QUEUE_URL, else the outputs
of the stack, --stack, else STACK. How AWS is reached: --region and --profile, else AWS_REGION,
AWS_PROFILE, AWS_ENDPOINT_URL and the SDK's other standard settings. What a command acts on is said
on standard error. A change in production (a stack or queue named so, or a stack with a tag env,
environment or stage that says so) is asked about; --yes answers.

Completion: source <(finerworks-image-updates complete bash), or zsh, fish, powershell.`;

/** The whole command line. @param finish takes the exit code of the command that ran */
export function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command('finerworks-image-updates')
    .description(DESCRIPTION)
    .version(packageVersion())
    .helpCommand(false)
    .addHelpText('after', ENVIRONMENT_HELP)
    .addHelpText('after', `\nExit codes:\n${exitCodes()}`);
  const deadLetters = new Command('dlq')
    .description('read, redrive and discard dead letters')
    .helpCommand(false);
  for (const make of [DLQ_LIST, DLQ_SHOW, DLQ_EXPORT, DLQ_REDRIVE, DLQ_DISCARD]) {
    deadLetters.addCommand(make(terminal, finish));
  }
  const image = new Command('image')
    .description('what the ledger knows about an image, and what FinerWorks shows of it')
    .helpCommand(false)
    .addCommand(IMAGE_SHOW(terminal, finish), { isDefault: true })
    .addCommand(IMAGE_FORGET(terminal, finish));
  const event = new Command('event')
    .description('what became of events, as the trail keeps it')
    .helpCommand(false)
    .addCommand(EVENT_SHOW(terminal, finish), { isDefault: true })
    .addCommand(EVENT_LIST(terminal, finish));
  const webhook = new Command('webhook')
    .description('the webhooks of shops, where the stack takes them')
    .helpCommand(false)
    .addCommand(WEBHOOK_SEND(terminal, finish));
  program.addCommand(VALIDATE(terminal, finish));
  program.addCommand(PREVIEW(terminal, finish));
  program.addCommand(SEND(terminal, finish));
  program.addCommand(deadLetters);
  program.addCommand(image);
  program.addCommand(event);
  program.addCommand(webhook);
  const others = [
    ...[STATUS, TAIL, CHECK, SMOKE_TEST, CONSOLE, PROBE],
    ...[PAUSE, RESUME, ROLLBACK, GUIDS],
  ];
  for (const make of others) {
    program.addCommand(make(terminal, finish));
  }
  addCompletion(program);
  return program;
}

function exitCodes(): string {
  return Object.values(EXIT_CODES)
    .map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`)
    .join('\n');
}
