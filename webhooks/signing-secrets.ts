import * as z from 'zod/mini';
import type { JsonObject } from '../lambda/contract/json.ts';
import { KeysError } from '../lambda/keys/keys.ts';
import type { SourceName } from './sources/source-names.ts';

/** More than two are a list that nobody tidies. */
const MOST = 2;

const Text = z.string().check(z.minLength(1));
const Signing = z.union([Text, z.array(Text).check(z.minLength(1), z.maxLength(MOST))]);

/** What a door knows of the secret. */
export interface SigningSecrets {
  /** One; two while one replaces the other. */
  readonly signing: readonly string[];
  /** The whole secret, for a source that has to ask somebody with what is in it. */
  readonly content: JsonObject;
}

/**
 * Reads the signing secrets of a source: `{"shopify": "…", "woocommerce": ["new", "old"]}`.
 *
 * @param content what the secret holds, JSON already parsed
 * @throws {KeysError} naming the secret and the field, never a value
 */
export function signingSecretsOf(
  source: SourceName,
): (content: unknown, secretId: string) => SigningSecrets {
  const Content = z.looseObject({ [source]: Signing });
  return (content, secretId) => {
    const { success, data } = Content.safeParse(content);
    const given = success ? Signing.safeParse(data[source]).data : undefined;
    if (!success || given === undefined) {
      throw new KeysError(
        `The secret ${secretId} must hold {"${source}": "…"}, or a list of two texts while one replaces the other`,
      );
    }
    return { signing: [given].flat(), content: data };
  };
}
