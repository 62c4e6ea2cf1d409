import { AWS_CLIENT_SETTINGS } from '../runtime/aws-client-settings.ts';
import type { Outcome } from './outcome.ts';
import type { SendOutcomes } from './send-outcomes.ts';

/** What is not taken is sent again by send-outcomes.ts, whole requests and single outcomes alike. */
export const OUTCOME_CLIENT_SETTINGS = { ...AWS_CLIENT_SETTINGS, maxAttempts: 1 };

/** One request, until the time for it is over. */
export type SendBounded = (
  outcomes: readonly Outcome[],
  signal: AbortSignal,
) => ReturnType<SendOutcomes>;
