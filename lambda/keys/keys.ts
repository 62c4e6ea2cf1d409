import * as z from 'zod/mini';

/** A header takes visible ASCII; anything else makes `fetch` throw an error that quotes the key. */
const Key = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'is not a text') })
  .check(
    z.minLength(1, 'is empty'),
    z.regex(
      /^[\x21-\x7e]*$/,
      'holds spaces, line breaks or characters that no HTTP header carries',
    ),
  );

/** The secret's content: `{"web_api_key": "…", "app_key": "…"}`. */
export const Keys = z.object({ web_api_key: Key, app_key: Key });
export type Keys = z.output<typeof Keys>;

/** There are no usable keys. Names the secret and the field at fault, never a value. */
export class KeysError extends Error {
  override readonly name = 'KeysError';
}

/**
 * Reads the keys from a secret's content.
 *
 * @param content what the secret holds, JSON already parsed
 * @param secretId the secret's name, for the error
 * @throws {KeysError} naming every field that is missing or wrong
 */
export function parseKeys(content: unknown, secretId: string): Keys {
  const parsed = Keys.safeParse(content);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? 'it is no JSON object' : `${path.join('.')} ${message}`,
  );
  throw new KeysError(
    `The secret ${secretId} must hold {"web_api_key": "…", "app_key": "…"}: ${faults.join('; ')}`,
  );
}
