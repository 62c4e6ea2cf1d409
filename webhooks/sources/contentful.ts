import { isJsonObject } from '../../lambda/contract/json.ts';
import { factsOf, toChanges } from '../mapping/to-changes.ts';
import type { Source } from './source.ts';

/** Drafts, and what is saved by itself, are nobody's last word. */
const TOPIC = 'ContentManagement.Entry.publish';

/** Entries of a Contentful space, once they are published (contentful.com/developers/docs/webhooks). */
export const CONTENTFUL: Source = {
  places: {
    guid: 'fields.finerworksGuid.en-US',
    title: 'fields.title.en-US',
    description: 'fields.description.en-US',
  },
  headers: ['x-contentful-topic', 'x-contentful-idempotency-key'],
  map: ({ headers, body }, { places }) => {
    if (headers['x-contentful-topic'] !== TOPIC) return { kind: 'ignored' };
    const sys = isJsonObject(body.sys) ? body.sys : {};
    const facts = factsOf(headers['x-contentful-idempotency-key'], sys.updatedAt);
    return toChanges([body], { places, html: [] }, facts);
  },
};
