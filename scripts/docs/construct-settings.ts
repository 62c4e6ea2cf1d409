import * as z from 'zod';
import { fieldSchemaOf, isNumber, isSwitch } from '../../infra/field-kinds.ts';
import { inProps, propOf, SHARED_SETTINGS, secondsOfUnit } from '../../infra/prop-names.ts';
import { settingRows } from '../../infra/settings-table.ts';

export const CONSTRUCT_SETTINGS = new URL('../../infra/image-updates-settings.ts', import.meta.url);

const Choices = z.object({ enum: z.array(z.string()) });
const UNIT = /(Seconds|Minutes|Hours|Days)$/;

/** The module that tells an editor each property's meaning, type and default, made from the settings. */
export function constructSettings(): string {
  const properties = settingRows()
    .filter(({ name }) => SHARED_SETTINGS.includes(name))
    .map(({ name, standard, why }) => {
      // A length of time says its unit itself.
      const text = isDuration(name) ? why.replace(/^(Seconds|Minutes|Hours|Days) /, 'Time ') : why;
      const lines = [inProps(text), '', `@default ${defaultOf(name, standard)}`];
      const comment = lines.map((line) => `   * ${line}`.trimEnd()).join('\n');
      return `  /**\n${comment}\n   */\n  readonly ${propOf(name)}?: ${typeOf(name)};`;
    });
  return `import type { Duration } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { WebhookFields } from './webhooks/webhook-fields.ts';

/** The settings of the construct, as \`npm run docs\` writes them from infra/setting-fields.ts. */
export interface ImageUpdatesSettings {
${properties.join('\n')}
}
`;
}

function typeOf(name: string): string {
  const { type, enum: options = [] } = fieldSchemaOf(name) ?? {};
  if (name === 'logRetentionDays') return 'RetentionDays';
  if (name === 'webhookFields') return 'WebhookFields';
  if (isDuration(name)) return 'Duration';
  if (isNumber(name)) return 'number';
  if (isSwitch(name)) return 'boolean';
  if (options.length > 0) return choicesOf({ enum: options }).join(' | ');
  if (type !== 'array') return 'string';
  const ofItems = choicesOf(fieldSchemaOf(name)?.items);
  if (ofItems.length === 0) return 'readonly string[]';
  // As the formatter writes more of them than a line holds.
  return `readonly (\n${ofItems.map((choice) => `    | ${choice}\n`).join('')}  )[]`;
}

/** The texts that a schema takes, as types; none where it takes any. */
function choicesOf(schema: unknown): string[] {
  const { data } = Choices.safeParse(schema);
  return (data?.enum ?? []).map((option) => `'${option}'`);
}

function defaultOf(name: string, standard: string): string {
  if (isSwitch(name)) return String(standard === 'on');
  const [unit] = UNIT.exec(name) ?? [];
  return unit === undefined || standard === 'none' ? standard : `${standard} ${unit.toLowerCase()}`;
}

function isDuration(name: string): boolean {
  return secondsOfUnit(name) !== undefined;
}
