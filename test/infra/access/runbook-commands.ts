import { runbookSections } from '../../helpers/runbook.ts';

/** A command of AWS's own command line, as the runbook tells people to run it. */
export interface RunbookCommand {
  readonly heading: string;
  /** `dynamodb:Scan` */
  readonly action: string;
  /** What it is run on, as the runbook names it: `"$LEDGER"`; empty where it names nothing. */
  readonly target: string;
}

/** Options that name what a command is run on. */
const TARGET = /--(?:stack-name|function-name|table-name|event-source-arn)[ =](\S+)/;

/** The services whose name in IAM is not the one of the command line. */
const IAM_NAMES: Readonly<Record<string, string>> = { resourcegroupstaggingapi: 'tag' };

/** Every `aws …` of the runbook, with the section where it stands. */
export function runbookCommands(): RunbookCommand[] {
  return [...runbookSections()].flatMap(([heading, text]) =>
    // A command goes on where a line ends with a backslash.
    [...text.replaceAll(/\\\n\s*/g, '').matchAll(/\baws ([a-z]+) ([a-z-]+)([^\n`]*)/g)].map(
      ([, service = '', operation = '', rest = '']) => ({
        heading,
        action: `${IAM_NAMES[service] ?? service}:${pascalCase(operation)}`,
        target: TARGET.exec(rest)?.[1] ?? '',
      }),
    ),
  );
}

function pascalCase(operation: string): string {
  return operation.replaceAll(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}
