import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NumberValueImpl, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';

/**
 * Reads an item of the table with its schema. Numbers that JavaScript has no exact value for stay as
 * they are written: by default `unmarshall` makes a bigint of them, or throws.
 *
 * @returns an error where the item can't be understood: one bad item must not hide the others
 */
export function parseItem<Schema extends z.ZodMiniType>(
  schema: Schema,
  attributes: Record<string, AttributeValue>,
): z.output<Schema> | Error {
  try {
    return z.parse(schema, unmarshall(attributes, { wrapNumbers: exactly }));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function exactly(digits: string): number | NumberValueImpl {
  const number = Number(digits);
  return String(number) === digits ? number : NumberValueImpl.from(digits);
}
