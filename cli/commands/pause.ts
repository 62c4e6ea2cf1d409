import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import {
  findMapping,
  type Mapping,
  readMapping,
  switchMapping,
} from '../aws/event-source-mapping.ts';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { hasService } from '../aws/reachable.ts';
import { mayChange, openTarget } from '../aws/target.ts';
import { define, type MakeCommand } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { addChangeOptions, ChangeOptions } from '../options/target-options.ts';

/** Lambda says that the change takes up to a few minutes (AWS: UpdateEventSourceMapping). */
const MAX_READS = 120;
const READ_INTERVAL = 1_000;

/** `pause` */
export const PAUSE = switching({
  name: 'pause',
  description: 'stop taking events from the queue; they wait there, for up to 7 days',
  purpose: 'while FinerWorks is down for a day, say',
  question: 'Stop taking events?',
  isEnabled: false,
  wanted: 'Disabled',
});

/** `resume` */
export const RESUME = switching({
  name: 'resume',
  description: 'take events from the queue again',
  purpose: 'after pause',
  question: 'Take events again?',
  isEnabled: true,
  wanted: 'Enabled',
});

interface Switch {
  readonly name: string;
  readonly description: string;
  readonly purpose: string;
  /** Asked in production. */
  readonly question: string;
  readonly isEnabled: boolean;
  /** The state of the mapping once it is done (AWS: EventSourceMappingConfiguration). */
  readonly wanted: 'Enabled' | 'Disabled';
}

function switching(one: Switch): MakeCommand {
  return define({
    build: () => addChangeOptions(new Command(one.name).description(one.description)),
    input: ChangeOptions,
    examples: [[one.name, one.purpose]],
    run: async (input, { terminal }) => {
      const target = await openTarget(input, terminal);
      const { clients, deployment } = target;
      const queueUrl = await deployment.queueUrl();
      if (!hasService('LAMBDA', queueUrl, terminal)) {
        throw new UsageError(
          'the local system has no event source mapping to switch: end it, and its queue is empty',
        );
      }
      await mayChange(target, one.question, input, terminal);
      const { arn } = await queueAttributes(clients.sqs, queueUrl);
      const found = await findMapping(clients.lambda, arn, await deployment.functionName());
      await switchMapping(clients.lambda, found, one.isEnabled);
      const { id, state } = await settled(found, one, () => readMapping(clients.lambda, found));
      const isDone = state === one.wanted;
      return {
        exitCode: isDone ? 0 : 1,
        text: `The event source mapping ${id} is ${state}${isDone ? '.' : `, not yet ${one.wanted}.`}`,
        json: { mapping: id, state },
      };
    },
  });
}

/** Waits until the mapping has the wanted state. */
async function settled(
  found: Mapping,
  { wanted }: Switch,
  read: () => Promise<Mapping>,
): Promise<Mapping> {
  let mapping = found;
  for (let reads = 0; reads < MAX_READS; reads += 1) {
    mapping = await read();
    if (mapping.state === wanted) break;
    await sleep(READ_INTERVAL);
  }
  return mapping;
}
