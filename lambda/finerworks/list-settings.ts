import * as z from 'zod/mini';
import { ACCOUNT } from '../keys/keys-by-account.ts';

/** "2 unless told otherwise" (docs/finerworks-api.md). */
export const DEFAULT_SITE_ID = 2;
/** The library whose images have virtual inventory products (docs/finerworks-api.md). */
export const DEFAULT_LIBRARY = 'inventory';

/** (FinerWorks: model image_library) */
const LEAST = 8;
const MOST = 50;

/** The rule that {@link SessionId} holds a setting to. */
export const SESSION_ID_RULE = `is no session id: ${LEAST} to ${MOST} characters, or a text with ${ACCOUNT} in it`;

/** The setting `listSessionId`. */
export const SessionId = z
  .string()
  .check(z.refine((text) => text.includes(ACCOUNT) || isSessionId(text), SESSION_ID_RULE));

/** How lists address the library; what is left out has its default. */
export interface ListSettings {
  readonly listSessionId?: string | undefined;
  readonly listSiteId?: number;
  readonly listLibrary?: string;
}

/**
 * The session id for lists of an account. FinerWorks' own apps pass the account's GUID
 * (docs/finerworks-api.md).
 *
 * @param usual used where none is set, or where the account's key makes it too short or too long
 */
export function sessionIdOf(
  account: string | null,
  { listSessionId = '' }: ListSettings,
  usual: string,
): string {
  const set = listSessionId.replaceAll(ACCOUNT, account ?? '');
  return isSessionId(set) ? set : usual;
}

function isSessionId(text: string): boolean {
  return text.length >= LEAST && text.length <= MOST;
}
