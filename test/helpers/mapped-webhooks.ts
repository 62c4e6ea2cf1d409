import { parseJson } from '../../lambda/contract/json.ts';
import type { Places } from '../../webhooks/mapping/places.ts';
import type { SourceName } from '../../webhooks/sources/source-names.ts';
import { SOURCES } from '../../webhooks/sources/sources.ts';
import { signedRequest } from './webhooks.ts';

/** The image of every payload. */
export const GUID = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';
export const OTHER_GUID = '5a3c1e00-0000-4000-8000-000000000002';

/** What differs from the documented payload. */
interface Given {
  readonly body?: Buffer;
  readonly topic?: string;
  readonly places?: Partial<Places>;
}

/** What a source makes of a delivery. */
export async function mapped(source: SourceName, { body, topic, places }: Given = {}) {
  const request = signedRequest(source, { ...(body && { body }), ...(topic && { topic }) });
  const parsed = parseJson(request.body.toString('utf8'));
  const context = { places: { ...SOURCES[source].places, ...places }, secret: {} };
  return SOURCES[source].map({ headers: request.headers, body: parsed }, context);
}

/** The changes that a source is to make. */
export const changes = (...expected: object[]) => ({ kind: 'changes', changes: expected });
