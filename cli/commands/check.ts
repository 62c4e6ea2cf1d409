import { Command } from 'commander';
import * as z from 'zod';
import { PROBE_FILE } from '../../infra/doctor/probed.ts';
import { connect } from '../aws/clients.ts';
import { Deployment } from '../aws/deployment.ts';
import { checks } from '../checks/checks.ts';
import { type Finding, runCheck } from '../checks/finding.ts';
import { define } from '../definition.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { paint, type Terminal } from '../terminal/terminal.ts';

/** What the command does not try. */
const UNTRIED =
  'Not tried, since it would have an effect: sending, deleting, updating images, writing to the ledger, switching the event source mapping.';

/** `check` */
export const CHECK = define({
  build: () =>
    addTargetOptions(
      new Command('check').description(
        'whether everything is there and permitted: queues, redrive policy, event source mapping, ledger, keys; whether the newest version takes events; whether somebody is told of alarms; and whether settings are at odds with what a probe saw; nothing is changed',
      ),
    ).option('--probe <file>', `what probe --save kept (default: ${PROBE_FILE})`),
  input: TargetOptions.extend({ probe: z.string().min(1).default(PROBE_FILE) }),
  examples: [
    ['check', 'after a deployment, or before calling for help'],
    ['check --stack Staging --json', 'of another stack, for a program'],
  ],
  run: async (input, { terminal }) => {
    const clients = connect();
    const deployment = new Deployment(input, terminal, clients);
    const findings: Finding[] = [];
    for (const check of checks(deployment, clients, terminal, input.probe))
      findings.push(await runCheck(check));
    const isFine = findings.every(({ result }) => result !== 'fails');
    return {
      exitCode: isFine ? 0 : 1,
      text: [...findings.map((finding) => render(finding, terminal)), UNTRIED].join('\n'),
      json: { ok: isFine, findings },
    };
  },
});

const COLOURS = { ok: 'green', warns: 'yellow', fails: 'red', unknown: 'yellow' } as const;

function render({ subject, result, detail }: Finding, { stdout }: Terminal): string {
  return `${paint(stdout, COLOURS[result], result.padEnd(8))}${subject.padEnd(22)}${detail}`;
}
