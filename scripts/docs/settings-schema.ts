import { fieldSchemaOf, isSwitch, settingNames } from '../../infra/field-kinds.ts';
import { SETTINGS_FILE } from '../../infra/settings-file.ts';

export const SETTINGS_SCHEMA = new URL('../../docs/settings.schema.json', import.meta.url);

/** The schema by which editors complete and check the file of settings, made from the settings. */
export function settingsSchema(): string {
  const properties = settingNames().map((name) => {
    const { $schema: _, type, enum: options, ...rest } = fieldSchemaOf(name) ?? {};
    if (isSwitch(name)) return [name, { enum: ['on', 'off', true, false], ...rest }];
    return [name, { ...(type && { type }), ...(options && { enum: options }), ...rest }];
  });
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Settings of image updates, ${SETTINGS_FILE}`,
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
