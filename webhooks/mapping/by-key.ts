import { isJsonObject, type JsonObject } from '../../lambda/contract/json.ts';

/**
 * Turns a list of objects into an object, so that a place can name each of them: `[{"key": "a", "value": 1}]` into
 * `{"a": 1}`. What has no name that is a text is left out.
 */
export function byKey(list: unknown, nameOf: (one: JsonObject) => unknown): JsonObject {
  return Object.fromEntries(
    objectsIn(list).flatMap((one) => {
      const name = nameOf(one);
      return typeof name === 'string' ? [[name, one.value]] : [];
    }),
  );
}

/** The objects of a list; none where it is no list. */
export function objectsIn(list: unknown): JsonObject[] {
  const all: readonly unknown[] = Array.isArray(list) ? list : [];
  return all.filter(isJsonObject);
}
