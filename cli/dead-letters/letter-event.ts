import { unwrap } from '../../lambda/contract/envelopes.ts';
import { eventReader } from '../../lambda/contract/image-event.ts';
import { parseJson } from '../../lambda/contract/json.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { type Attributes, toLambdaAttributes } from './sdk-attributes.ts';

/** What a dead letter says of its event, as far as it can be read. */
export interface LetterEvent {
  /** Its own id. */
  readonly id: string | undefined;
  readonly source: string | undefined;
  /** Its `account_key`; undefined where it has none. */
  readonly account: string | undefined;
  /** The images that it names. */
  readonly guids: readonly string[];
}

const readEvent = eventReader({});
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Reads an event by the contract; one that breaks it, by what its envelopes and fields still say. */
export function letterEventOf(body: string, attributes: Attributes): LetterEvent {
  try {
    const { id, source, account, images } = readEvent(body, toLambdaAttributes(attributes));
    return { id, source, account: account ?? undefined, guids: images.map(({ guid }) => guid) };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    const guids = [...body.matchAll(UUID)].map(([guid]) => guid.toLowerCase());
    return { ...saidIn(body), guids };
  }
}

function saidIn(text: string): Omit<LetterEvent, 'guids'> {
  try {
    const { body, envelope, transport } = unwrap(parseJson(text));
    return {
      id: envelope.id ?? textIn(body.id) ?? transport.id,
      source: envelope.source ?? textIn(body.source) ?? transport.source,
      account: textIn(body.account_key),
    };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { id: undefined, source: undefined, account: undefined };
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
