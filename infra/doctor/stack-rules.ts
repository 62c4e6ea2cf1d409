import { isTopicArn } from '../outcomes/outcome-fields.ts';
import type { StackSettings } from '../setting-fields.ts';
import type { Rule } from './rule.ts';

/** The traps of settings that name what is there already. */
export const STACK_RULES: readonly Rule<StackSettings>[] = [
  {
    name: 'event-rule',
    setting: 'eventBusName',
    level: 'refuse',
    check: ({ eventBusName, eventPattern }) =>
      (eventBusName === undefined) !== (eventPattern === undefined)
        ? 'needs eventPattern, and eventPattern needs it: a rule says which events of which bus'
        : undefined,
  },
  {
    name: 'outcomes-key',
    setting: 'outcomesKeyArn',
    level: 'refuse',
    check: ({ outcomesKeyArn, outcomesTarget }) =>
      outcomesKeyArn !== undefined && !isTopicArn(outcomesTarget ?? '')
        ? 'is the key of a topic, and outcomesTarget names none: EventBridge uses the key of a bus itself'
        : undefined,
  },
  {
    name: 'same-secret',
    setting: 'keysByAccount',
    level: 'refuse',
    check: ({ keysByAccount, secretName }) =>
      keysByAccount === secretName
        ? 'is the secret of the default set, secretName: the sets of accounts need another'
        : undefined,
  },
];
