import type { Settings } from '../setting-fields.ts';
import type { Rule } from './rule.ts';

/** Who is told of alarms. */
export type Told = Pick<Settings, 'monitoring' | 'pageEmail' | 'ticketEmail'> & {
  readonly pageTopicArn?: string | undefined;
  readonly ticketTopicArn?: string | undefined;
};

/** The traps of alarms that nobody hears. */
export const ALARM_RULES: readonly Rule<Told>[] = [
  {
    name: 'no-alarms',
    setting: 'monitoring',
    level: 'warn',
    check: ({ monitoring, pageEmail, ticketEmail, pageTopicArn, ticketTopicArn }) =>
      monitoring === 'off' &&
      (pageEmail ?? ticketEmail ?? pageTopicArn ?? ticketTopicArn) !== undefined
        ? 'is off, so that there are no alarms, and who is named by pageEmail, ticketEmail, pageTopicArn or ticketTopicArn hears nothing: turn it on, or name nobody'
        : undefined,
  },
  {
    name: 'nobody-paged',
    setting: 'pageEmail',
    level: 'warn',
    check: ({ monitoring, pageEmail, pageTopicArn }) =>
      monitoring === 'on' && (pageEmail ?? pageTopicArn) === undefined
        ? 'names nobody, nor does pageTopicArn: alarms that should wake somebody reach nobody, until somebody subscribes to the topic of the output PageTopicArn'
        : undefined,
  },
  {
    name: 'nobody-told',
    setting: 'ticketEmail',
    level: 'warn',
    check: ({ monitoring, ticketEmail, ticketTopicArn }) =>
      monitoring === 'on' && (ticketEmail ?? ticketTopicArn) === undefined
        ? 'names nobody, nor does ticketTopicArn: alarms that can wait reach nobody, until somebody subscribes to the topic of the output TicketTopicArn'
        : undefined,
  },
];
