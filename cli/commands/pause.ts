import { Command } from 'commander';
import { stateOf, switchTaking } from '../aws/switch-mapping.ts';
import { mayChange, openTarget } from '../aws/target.ts';
import { define, type MakeCommand } from '../definition.ts';
import { addChangeOptions, ChangeOptions } from '../options/target-options.ts';

/** `pause` */
export const PAUSE = switching({
  name: 'pause',
  description: 'stop taking events from the queue; they wait there, for up to 7 days',
  purpose: 'while FinerWorks is down for a day, say',
  question: 'Stop taking events?',
  isEnabled: false,
});

/** `resume` */
export const RESUME = switching({
  name: 'resume',
  description: 'take events from the queue again',
  purpose: 'after pause',
  question: 'Take events again?',
  isEnabled: true,
});

interface Switch {
  readonly name: string;
  readonly description: string;
  readonly purpose: string;
  /** Asked in production. */
  readonly question: string;
  readonly isEnabled: boolean;
}

function switching({ name, description, purpose, question, isEnabled }: Switch): MakeCommand {
  return define({
    build: () => addChangeOptions(new Command(name).description(description)),
    input: ChangeOptions,
    examples: [[name, purpose]],
    run: async (input, { terminal }) => {
      const target = await openTarget(input, terminal);
      await mayChange(target, question, input, terminal);
      const { id, state } = await switchTaking({ ...target, terminal }, isEnabled);
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
