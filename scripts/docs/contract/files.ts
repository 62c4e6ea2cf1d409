import { asyncApi } from './async-api.ts';
import { eventSchema } from './json-schema.ts';

/** The files that the contract's schemas make. */
export const CONTRACT_FILES = [
  { name: 'image-event.schema.json', content: eventSchema() },
  { name: 'asyncapi.json', content: asyncApi() },
].map(({ name, content }) => ({
  name,
  url: new URL(`../../../docs/contract/${name}`, import.meta.url),
  text: `${JSON.stringify(content, null, 2)}\n`,
}));
