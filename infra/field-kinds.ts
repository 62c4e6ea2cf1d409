import * as z from 'zod';
import { Fields } from './setting-fields.ts';

export type SettingName = keyof typeof Fields.shape;

/** What a setting takes, in JSON: editors, the construct's properties and the checks ask. */
export type FieldSchema = z.core.JSONSchema.BaseSchema;

const SCHEMAS = new Map(
  Object.entries(Fields.shape).map(([name, field]) => [
    name,
    // As it is given: some settings become something else on their way.
    z.toJSONSchema(field, { io: 'input', target: 'draft-7', unrepresentable: 'any' }),
  ]),
);

/** @returns undefined where there is no such setting */
export function fieldSchemaOf(name: string): FieldSchema | undefined {
  return SCHEMAS.get(name);
}

/** The name of every setting, in the order of the table. */
export function settingNames(): SettingName[] {
  return Fields.keyof().options;
}

/** Whether a setting takes a number, which in CDK context is a text. */
export function isNumber(name: string): boolean {
  return /^(integer|number)$/.test(String(fieldSchemaOf(name)?.type));
}

/** What a setting that takes a number must be, by its bounds. */
export function numberRuleOf(name: string): string {
  const { type, minimum, exclusiveMinimum, maximum } = fieldSchemaOf(name) ?? {};
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  const from = minimum === undefined ? `above ${exclusiveMinimum}` : `from ${minimum}`;
  // The greatest whole number that there is in JavaScript is nobody's bound.
  const isBound = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return `must be ${kind} ${from}${isBound ? ` to ${maximum}` : ''}`;
}

/** Whether a setting is `on` or `off`: files and properties say true or false. */
export function isSwitch(name: string): boolean {
  const options = fieldSchemaOf(name)?.enum ?? [];
  return options.length === 2 && options.includes('on') && options.includes('off');
}
