import { isJsonObject, type JsonObject } from '../../lambda/contract/json.ts';
import { byKey, objectsIn } from '../mapping/by-key.ts';
import { hasTexts } from '../mapping/images.ts';
import { tagsIn } from '../mapping/tags.ts';
import { factsOf, toChanges } from '../mapping/to-changes.ts';
import type { Source } from './source.ts';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Assets of Cloudinary (cloudinary.com/documentation/notifications). What is said of a change holds only what has
 * changed and the public id: so the guid is what a public id ends with, unless the asset has it elsewhere.
 */
export const CLOUDINARY: Source = {
  places: {
    guid: 'public_id_uuid',
    title: 'context.custom.caption',
    description: 'context.custom.alt',
  },
  headers: ['x-cld-timestamp'],
  map: ({ headers, body }, { places }) => {
    // An upload may have no texts, and a change may be of others than ours.
    const records = recordsOf(body).filter((record) => hasTexts(record, places));
    if (records.length === 0) return { kind: 'ignored' };
    const facts = factsOf(undefined, timeOf(body, headers['x-cld-timestamp']));
    return toChanges(records, { places, html: [] }, facts);
  },
};

/** The assets of a notification; none where it is about something else than their texts. */
function recordsOf(body: JsonObject): JsonObject[] {
  switch (body.notification_type) {
    case 'upload':
      return [recordOf(body.public_id, { ...body, tags: tagsIn(body.tags) })];
    case 'resource_context_changed':
      return changedIn(body).map(([id, values]) => recordOf(id, { context: { custom: values } }));
    case 'resource_metadata_changed':
      return changedIn(body).map(([id, values]) => recordOf(id, { metadata: values }));
    default:
      return [];
  }
}

/** What was added or changed, by public id. */
function changedIn({ resources }: JsonObject): [id: string, values: JsonObject][] {
  return Object.entries(isJsonObject(resources) ? resources : {}).flatMap(([id, resource]) => {
    if (!isJsonObject(resource)) return [];
    const changed = [...objectsIn(resource.added), ...objectsIn(resource.updated)];
    const values = changed.map((one) => ({ ...one, value: one.value ?? one.new_value }));
    return [[id, byKey(values, ({ name }) => name)]];
  });
}

function recordOf(publicId: unknown, record: JsonObject): JsonObject {
  const [uuid] = UUID.exec(typeof publicId === 'string' ? publicId : '') ?? [];
  return { ...record, public_id: publicId, public_id_uuid: uuid };
}

/** When it was done; else when it was sent, which is signed as well. */
function timeOf({ notification_context: context }: JsonObject, sent = ''): string | undefined {
  const triggered = isJsonObject(context) ? context.triggered_at : undefined;
  if (typeof triggered === 'string') return triggered;
  const time = new Date(Number(sent) * 1_000);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
