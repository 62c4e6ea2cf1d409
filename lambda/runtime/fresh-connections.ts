import { closeIdleFinerworksConnections } from '../finerworks/connections.ts';
import { closeIdleAwsConnections } from './aws-client-settings.ts';

/**
 * How long connections may be idle between invocations, in milliseconds. Lambda freezes the sandbox
 * meanwhile: no timer runs, and what the other side or a gateway closed is not noticed. Ten connections
 * that are dead use up both attempts of the SDK. A new connection costs a few milliseconds; servers close
 * idle ones after 60 s or more as a rule, and 20 s of traffic this low are worth no connection.
 */
const LONGEST_IDLE = 20_000;

/** A middleware that needs nothing of the invocation. */
type Hooks = Readonly<Record<'before' | 'after' | 'onError', () => void>>;

/**
 * Discards connections that nothing used for long, before the invocation needs any. Those of requests
 * under way stay: the first invocation can begin before the prefetched secret has come.
 *
 * @param now milliseconds since 1970: it goes on while the sandbox is frozen
 */
export function freshConnections(now: () => number): Hooks {
  let lastUsedAt = now();
  const noteUse = () => {
    lastUsedAt = now();
  };
  return {
    before: () => {
      if (now() - lastUsedAt < LONGEST_IDLE) return;
      closeIdleAwsConnections();
      closeIdleFinerworksConnections();
    },
    after: noteUse,
    onError: noteUse,
  };
}
