import type { Settings, StackSettings } from '../setting-fields.ts';
import { ALARM_RULES, type Told } from './alarm-rules.ts';
import { MEMORY_RULES } from './memory-rules.ts';
import { PACE_RULES } from './pace-rules.ts';
import type { Finding, Rule } from './rule.ts';
import { SETTING_RULES } from './setting-rules.ts';
import { STACK_RULES } from './stack-rules.ts';

/** Every rule on settings, in the order in which they are checked. */
export const RULES: readonly Rule[] = [...SETTING_RULES, ...PACE_RULES, ...MEMORY_RULES];

/** What is wrong with settings that are each valid: their combination, or its effect. */
export function diagnose(settings: Settings, level: Rule['level']): Finding[] {
  return findingsOf(RULES, settings, level);
}

/** What is wrong with who is told of alarms. */
export function diagnoseAlarms(told: Told): Finding[] {
  return findingsOf(ALARM_RULES, told, 'warn');
}

/** What is wrong besides with the names of what is there already. */
export function diagnoseNames(settings: StackSettings, level: Rule['level']): Finding[] {
  return findingsOf(STACK_RULES, settings, level);
}

function findingsOf<Checked>(
  rules: readonly Rule<Checked>[],
  settings: Checked,
  level: Rule['level'],
): Finding[] {
  return rules
    .filter((rule) => rule.level === level)
    .flatMap(({ name, setting, check }) => {
      const message = check(settings);
      return message === undefined ? [] : [{ rule: name, setting, message }];
    });
}
