import { Command } from 'commander';
import * as z from 'zod';
import { Guid } from '../../lambda/contract/image.ts';
import { LedgerError } from '../../lambda/ledger/history.ts';
import { ledgerOf } from '../aws/ledger.ts';
import { mayChange, openTarget } from '../aws/target.ts';
import { trailOf } from '../aws/trail.ts';
import { define } from '../definition.ts';
import { imageAtFinerWorks, renderAtFinerWorks } from '../images/image-at-finerworks.ts';
import { renderHistory } from '../images/render-history.ts';
import { historyJson } from '../json/history.ts';
import { sinceOf } from '../options/since.ts';
import {
  addChangeOptions,
  addTargetOptions,
  ChangeOptions,
  TargetOptions,
} from '../options/target-options.ts';
import { plural } from '../terminal/plural.ts';
import { paint } from '../terminal/terminal.ts';
import { showHistory } from '../trail/image-history.ts';

const EXAMPLE = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';

/** `image show GUID`, which is also `image GUID` */
export const IMAGE_SHOW = define({
  build: () =>
    addTargetOptions(
      new Command('show')
        .description(
          'what happened to an image, as the ledger knows it, values as hashes; and what FinerWorks shows of it now, where the keys can be read',
        )
        .argument('<guid>', 'its id at FinerWorks')
        .option('--account <key>', 'whose library it is in, account_key; else that of the keys')
        .option('--history', 'what became of each event that changes it, as the trail keeps it')
        .option('--since <time>', 'with --history: how far back (default: 7d)', sinceOf),
    ),
  input: TargetOptions.extend({
    guid: Guid,
    account: z.string().min(1).optional(),
    history: z.boolean().default(false),
    since: z.number().optional(),
  }),
  examples: [
    [`image ${EXAMPLE}`, 'last confirmed values, what is undecided, what is at FinerWorks now'],
    [`image ${EXAMPLE} --account acme`, 'in the library of another account'],
    [`image ${EXAMPLE} --history --since 30d`, 'its events of a month as a timeline'],
  ],
  run: async (input, dependencies) => {
    const { terminal } = dependencies;
    const { guid, account = null, history, since, ...options } = input;
    const { clients, deployment } = await openTarget(options, terminal);
    if (history) {
      const trail = await trailOf(deployment, clients.dynamoDb);
      return showHistory(trail, guid, since, dependencies);
    }
    const ledger = await ledgerOf(deployment, clients.dynamoDb);
    const item = await ledger.read(guid);
    const settings = await deployment.functionSettings();
    const finerworks = await imageAtFinerWorks({ guid, account }, item, clients, settings);
    const shown = renderAtFinerWorks(finerworks);
    if (item === undefined) {
      const text = `The ledger does not know ${guid}: it was never sent, or was forgotten.`;
      return {
        exitCode: 1,
        text: [text, ...shown].join('\n'),
        json: { found: false, guid, finerworks },
      };
    }
    const lines = [...renderHistory(item, Date.now()), ...shown];
    return {
      exitCode: 0,
      text: [paint(terminal.stdout, 'bold', guid), ...lines].join('\n'),
      json: { found: true, ...historyJson(item), finerworks },
    };
  },
});

/** `image forget GUID…` */
export const IMAGE_FORGET = define({
  build: () =>
    addChangeOptions(
      new Command('forget')
        .description(
          'forget images, so that their next change is sent whatever was sent before; old events that are still in a queue count as new then',
        )
        .argument('<guids...>', 'their ids at FinerWorks'),
    ),
  input: ChangeOptions.extend({ guids: z.array(Guid) }),
  examples: [[`image forget ${EXAMPLE}`, 'after somebody edited it at FinerWorks by hand']],
  run: async (input, { terminal, emit }) => {
    const stop = terminal.interruption.defer();
    const target = await openTarget(input, terminal);
    await mayChange(target, `Forget ${plural(input.guids.length, 'image')}?`, input, terminal);
    const ledger = await ledgerOf(target.deployment, target.clients.dynamoDb);
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
