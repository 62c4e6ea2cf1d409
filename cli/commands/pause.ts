import { Command } from 'commander';
import { connect } from '../aws/clients.ts';
import { Deployment } from '../aws/deployment.ts';
import { stateOf, switchTaking } from '../aws/switch-mapping.ts';
import { define, type MakeCommand } from '../definition.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';

/** `pause` */
export const PAUSE = switching({
  name: 'pause',
  description: 'stop taking events from the queue; they wait there, for up to 7 days',
  purpose: 'while FinerWorks is down for a day, say',
  isEnabled: false,
});

/** `resume` */
export const RESUME = switching({
  name: 'resume',
  description: 'take events from the queue again',
  purpose: 'after pause',
  isEnabled: true,
});

interface Switch {
  readonly name: string;
  readonly description: string;
  readonly purpose: string;
  readonly isEnabled: boolean;
}

function switching({ name, description, purpose, isEnabled }: Switch): MakeCommand {
  return define({
    build: () => addTargetOptions(new Command(name).description(description)),
    input: TargetOptions,
    examples: [[name, purpose]],
    run: async (input, { terminal }) => {
      const clients = connect();
      const deployment = new Deployment(input, terminal, clients);
      const { id, state } = await switchTaking({ deployment, clients, terminal }, isEnabled);
      const wanted = stateOf(isEnabled);
      const isDone = state === wanted;
      return {
        exitCode: isDone ? 0 : 1,
        text: `The event source mapping ${id} is ${state}${isDone ? '.' : `, not yet ${wanted}.`}`,
        json: { mapping: id, state },
      };
    },
  });
}
