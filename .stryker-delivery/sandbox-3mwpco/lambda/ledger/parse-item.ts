// @ts-nocheck
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';

/**
 * Reads an item of the table by its schema. Numbers beyond 2^53, which `unmarshall` throws at by
 * default, are judged by the schema like everything else.
 *
 * @returns an error where the item can't be understood: one odd item must not cost others theirs
 */
export function parseItem<Schema extends z.ZodMiniType>(
  schema: Schema,
  attributes: Record<string, AttributeValue>,
): z.output<Schema> | Error {
  try {
    return z.parse(schema, unmarshall(attributes, { wrapNumbers: Number }));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
