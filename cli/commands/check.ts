import { Command } from 'commander';
import * as z from 'zod';
import { PROBE_FILE } from '../../infra/doctor/probed.ts';
import { announce, findTarget, type Target } from '../aws/target.ts';
import { checks } from '../checks/checks.ts';
import { type Finding, runCheck } from '../checks/finding.ts';
import { define } from '../definition.ts';
import { describeError } from '../errors.ts';
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
    const target = findTarget(input, terminal);
    const { clients, deployment } = target;
    await announceIfFound(target, terminal);
    const findings: Finding[] = [];
    for (const check of checks(deployment, clients, terminal, input.probe)) {
      findings.push(saidOnce(await runCheck(check), findings));
    }
    const isFine = findings.every(({ result }) => result !== 'fails');
    return {
      exitCode: isFine ? 0 : 1,
      text: [...findings.map((finding) => render(finding, terminal)), UNTRIED].join('\n'),
      json: { ok: isFine, findings },
    };
  },
});

/** What is wrong once can make many checks fail: its cause is said once. */
function saidOnce(finding: Finding, before: readonly Finding[]): Finding {
  const { subject, result, detail } = finding;
  const first = before.find((one) => one.detail === detail);
  if (result === 'ok' || first === undefined) return finding;
  return { subject, result, detail: `as for ${first.subject}` };
}

/** What can't be found is among the findings. */
async function announceIfFound(target: Target, terminal: Terminal): Promise<void> {
  try {
    await announce(target, terminal);
  } catch (error) {
    if (describeError(error) === undefined) throw error;
  }
}

const COLOURS = { ok: 'green', warns: 'yellow', fails: 'red', unknown: 'yellow' } as const;

function render({ subject, result, detail }: Finding, { stdout }: Terminal): string {
  return `${paint(stdout, COLOURS[result], result.padEnd(8))}${subject.padEnd(22)}${detail}`;
}
