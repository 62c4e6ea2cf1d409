/** How a command can end. docs/cli.md takes its list from here. */
export const EXIT_CODES = {
  done: { code: 0, meaning: 'Everything that was asked for is done, and nothing is wrong.' },
  incomplete: {
    code: 1,
    meaning:
      'The command ran, and something is wrong: an invalid event, one that was not sent, a dead letter that stays, a check that fails, an image that a preview shows as unknown, cut, rejected or without its products. The report says which.',
  },
  usage: {
    code: 2,
    meaning:
      'The command line, or a file that it names, is wrong, or Node is older than 22. Nothing was changed; only where the queue itself refuses lines of a file, send has sent the others.',
  },
  unavailable: {
    code: 3,
    meaning:
      'AWS or FinerWorks could not be reached, or refused. What was done before that stays done and is in the journal.',
  },
  busy: {
    code: 4,
    meaning:
      'Another process on this machine is sending one of the files. Nothing was changed by this one.',
  },
  interrupted: {
    code: 130,
    meaning:
      'Ctrl-C or SIGTERM. What was under way has been finished and recorded; the same command goes on from there.',
  },
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]['code'];
