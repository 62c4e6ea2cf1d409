import type { Invocation } from '../aws/invocation.ts';
import type { Settings } from '../scenario.ts';

/** Reserved at the end: 20 s, or a quarter of the time where that is less. Milliseconds. */
const RESERVED = 20_000;

/** When a call or a list may begin at the latest, so that it ends in time; milliseconds since 1970. */
export function lastStart(
  { flowStartedAt, endsAt }: Pick<Invocation, 'flowStartedAt' | 'endsAt'>,
  { callTimeoutSeconds }: Pick<Settings, 'callTimeoutSeconds'>,
): number {
  if (flowStartedAt === undefined) return Number.POSITIVE_INFINITY;
  const deadline = endsAt - Math.min(RESERVED, (endsAt - flowStartedAt) / 4);
  return deadline - callTimeoutSeconds * 1_000;
}
