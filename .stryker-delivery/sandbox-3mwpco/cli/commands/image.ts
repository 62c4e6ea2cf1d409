// @ts-nocheck
import { Command } from 'commander';
import * as z from 'zod';
import { Guid } from '../../lambda/contract/image.ts';
import { LedgerError } from '../../lambda/ledger/history.ts';
import { connect } from '../aws/clients.ts';
import { Deployment } from '../aws/deployment.ts';
import { ledgerOf } from '../aws/ledger.ts';
import { define } from '../definition.ts';
import { renderHistory } from '../images/render-history.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { plural } from '../terminal/plural.ts';
import { paint } from '../terminal/terminal.ts';

const EXAMPLE = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';

/** `image show GUID`, which is also `image GUID` */
export const IMAGE_SHOW = define({
  build: () =>
    addTargetOptions(
      new Command('show')
        .description('what happened to an image, as the ledger knows it; values as hashes')
        .argument('<guid>', 'its id at FinerWorks'),
    ),
  input: TargetOptions.extend({ guid: Guid }),
  examples: [[`image ${EXAMPLE}`, 'last confirmed values, what is undecided, the last rejection']],
  run: async (input, { terminal }) => {
    const clients = connect();
    const ledger = await ledgerOf(new Deployment(input, terminal, clients), clients.dynamoDb);
    const item = await ledger.read(input.guid);
    if (item === undefined) {
      const text = `The ledger knows nothing of ${input.guid}: it was never sent, or was forgotten.`;
      return { exitCode: 1, text, json: { found: false, guid: input.guid } };
    }
    const lines = renderHistory(item, Date.now());
    return {
      exitCode: 0,
      text: [paint(terminal.stdout, 'bold', input.guid), ...lines].join('\n'),
      json: { found: true, ...item },
    };
  },
});

/** `image forget GUID…` */
export const IMAGE_FORGET = define({
  build: () =>
    addTargetOptions(
      new Command('forget')
        .description(
          'forget images, so that their next change is sent whatever was sent before; old events that are still in a queue count as new then',
        )
        .argument('<guids...>', 'their ids at FinerWorks'),
    ),
  input: TargetOptions.extend({ guids: z.array(Guid) }),
  examples: [[`image forget ${EXAMPLE}`, 'after somebody edited it at FinerWorks by hand']],
  run: async (input, { terminal, emit }) => {
    const stop = terminal.interruption.defer();
    const clients = connect();
    const ledger = await ledgerOf(new Deployment(input, terminal, clients), clients.dynamoDb);
    let forgotten = 0;
    let left = 0;
    for (const guid of input.guids) {
      if (stop.aborted) break;
      try {
        await ledger.forget(guid);
        forgotten += 1;
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        left += 1;
        emit(error.message, { guid, forgotten: false, why: error.message });
      }
    }
    return {
      exitCode: left === 0 ? 0 : 1,
      text: `${plural(forgotten, 'image')} forgotten.`,
      json: { forgotten, left },
    };
  },
});
