import { Command } from 'commander';
import { contradictions } from '../../infra/doctor/probe-rules.ts';
import type { Probed } from '../../infra/doctor/probed.ts';
import { define } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { writeWhole } from '../files/write-whole.ts';
import { addProbeOptions, ProbeOptions } from '../options/probe-options.ts';
import { conduct } from '../probe/conduct.ts';
import { renderProbe } from '../probe/render-probe.ts';
import { rowsOf } from '../probe/rows/rows.ts';
import { targetOf } from '../probe/target.ts';
import { isTerminal } from '../terminal/terminal.ts';

const [ONE, OTHER] = [
  'eaedbfbc-aee8-408f-9a80-43bda4e94de7',
  '0b6c1d2e-3f40-4a5b-8c6d-7e8f90a1b2c3',
];

/** `probe` */
export const PROBE = define({
  build: () =>
    addProbeOptions(
      new Command('probe').description(
        'ask FinerWorks what its documentation leaves open, with at most 60 calls, and say what to set; reads only, unless --write names two images',
      ),
    ),
  input: ProbeOptions,
  examples: [
    [
      'probe --save',
      'what reading shows, with the keys of the deployment; kept for synth and check',
    ],
    [
      'probe --keys keys.json --api https://test-api.finerworks.com',
      'before there is a deployment, or of another address',
    ],
    [`probe --write ${ONE} ${OTHER} --save`, 'two images that nobody needs just now; asks first'],
  ],
  run: async (input, { terminal }) => {
    if (input.write !== undefined && !input.yes && !isTerminal(terminal.stdin)) {
      throw new UsageError('--write asks first, and there is no terminal to ask at: add --yes');
    }
    const target = await targetOf(input, terminal);
    const found = await conduct(input, target, terminal);
    if (found === undefined) {
      return { exitCode: 0, text: 'Nothing was changed.', json: { changed: false } };
    }
    const { putBack, ...sight } = found;
    const probed: Probed = {
      format: 1,
      at: new Date().toISOString(),
      apiUrl: target.settings.apiUrl,
      ...sight,
    };
    if (input.save !== undefined) {
      await writeWhole(input.save, `${JSON.stringify(probed, null, 2)}\n`);
    }
    const rows = rowsOf(probed);
    const against = target.deployed ? contradictions(probed, target.deployed) : [];
    const isFine = against.length === 0 && (putBack?.left ?? []).length === 0;
    return {
      exitCode: isFine ? 0 : 1,
      text: renderProbe({ probed, rows, against, putBack, saved: input.save }, terminal),
      json: { ok: isFine, ...probed, rows, contradictions: against, ...(putBack && { putBack }) },
    };
  },
});
