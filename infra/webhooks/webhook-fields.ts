import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { GivenPlaces } from '../../webhooks/mapping/places.ts';
import { SOURCE_NAMES, type SourceName } from '../../webhooks/sources/source-names.ts';
import { isNameOrFullArn, SECRET_NAME_RULE } from '../secret-name.ts';

/** Where the signing secrets are, unless somebody says otherwise. */
export const DEFAULT_WEBHOOK_SECRET_NAME = 'finerworks/webhooks';

const SOURCES_RULE = `must be names of sources, with commas between: ${SOURCE_NAMES.join(', ')}`;
const FIELDS_RULE =
  'must be places by source: {"shopify":{"guid":"metafields.finerworks.image_guid"}}';

/** Those whose payloads are not in the plain contract. */
const MAPPED = SOURCE_NAMES.filter((name) => name !== 'standard-webhooks');

/** Where payloads have guid and texts, by source. */
export type WebhookFields = Readonly<
  Partial<Record<Exclude<SourceName, 'standard-webhooks'>, GivenPlaces>>
>;

const Fields = z.strictObject(
  Object.fromEntries(MAPPED.map((name) => [name, z.optional(GivenPlaces)])),
  FIELDS_RULE,
);

/** The settings of the doors for webhooks. */
export const WEBHOOK_FIELDS = {
  webhooks: z
    .preprocess(listed, z.array(z.enum(SOURCE_NAMES, SOURCES_RULE), SOURCES_RULE))
    .transform((names) => [...new Set(names)])
    .default([])
    .describe(
      `Sources whose signed webhooks are taken, each at an address of its own, with commas between: \`${SOURCE_NAMES.join('`, `')}\` (docs/webhooks.md). None unless set.`,
    ),
  webhookFields: z
    .preprocess(
      (given) => (typeof given === 'string' ? jsonOrUndefined(given) : given),
      Fields.pipe(z.custom<WebhookFields>()),
    )
    .optional()
    .describe(
      'Where payloads have what is needed, as JSON by source: `{"woocommerce":{"guid":"meta_data.print_guid","title":"name"}}`; for all else the defaults of docs/webhooks.md count.',
    ),
};

/** The secret of the doors, which only the repository's own stack names. */
export const WEBHOOK_SECRET_FIELD = {
  webhookSecretName: z
    .string()
    .refine(isNameOrFullArn, SECRET_NAME_RULE)
    .default(DEFAULT_WEBHOOK_SECRET_NAME)
    .describe(
      'Name or full ARN of the secret with the signing secrets of the sources, `{"shopify": "…"}`; read only where `webhooks` names any.',
    ),
};

function listed(given: unknown): unknown {
  return typeof given === 'string' ? given.split(',').map((part) => part.trim()) : given;
}
