import * as z from 'zod/mini';
import type { JsonObject } from '../lambda/contract/json.ts';
import { KeysError } from '../lambda/keys/keys.ts';
import type { Signer } from './signatures/signer.ts';
import type { SourceName } from './sources/source-names.ts';

/** More than two are a list that nobody tidies. */
const MOST = 2;

/** What a secret must look like, where not every text will do. */
const FORMS: Readonly<Partial<Record<SourceName, string>>> = {
  'standard-webhooks': ', whsec_ and base64',
};

/** What a door knows of the secret. */
export interface SigningSecrets {
  /** One; two while one replaces the other. */
  readonly signing: readonly string[];
  /** The whole secret, for a source that has to ask somebody with what is in it. */
  readonly content: JsonObject;
}

/**
 * Reads the signing secrets of a source: `{"shopify": "…", "woocommerce": ["new", "old"]}`. One of a wrong form is
 * refused here: else every request would count as not signed, and nobody would know why.
 *
 * @param content what the secret holds, JSON already parsed
 * @throws {KeysError} naming the secret and the field, never a value
 */
export function signingSecretsOf(
  source: SourceName,
  { takes }: Pick<Signer, 'takes'>,
): (content: unknown, secretId: string) => SigningSecrets {
  const Text = z.string().check(z.refine(takes));
  const Signing = z.union([Text, z.array(Text).check(z.minLength(1), z.maxLength(MOST))]);
  const Content = z.looseObject({ [source]: Signing });
  return (content, secretId) => {
    const { success, data } = Content.safeParse(content);
    const given = success ? Signing.safeParse(data[source]).data : undefined;
    if (!success || given === undefined) {
      throw new KeysError(
        `The secret ${secretId} must hold {"${source}": "…"}, or a list of two texts while one replaces the other; without blanks at the ends${FORMS[source] ?? ''}`,
      );
    }
    return { signing: [given].flat(), content: data };
  };
}
