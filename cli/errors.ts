import { KeysError } from '../lambda/keys/keys.ts';
import { errorCode } from './error-code.ts';
import type { ExitCode } from './exit-codes.ts';

/** The user's input is wrong: one clear line, no stack, and nothing was changed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Another process does the same. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/** The user was asked, and said no. */
export class DeclinedError extends Error {
  override readonly name = 'DeclinedError';
}

/** AWS or FinerWorks could not be reached, or refused. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
  readonly reason: string;

  /** @param reason the machine-readable cause: a name of the SDK, or a reason of lambda/verdicts/reasons.ts */
  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** An error as the user reads it. */
export interface DescribedError {
  readonly exitCode: ExitCode;
  /** For programs. */
  readonly cause: string;
  /** For people. */
  readonly message: string;
}

/** What to do about errors of the SDK whose own texts do not say. */
const ADVICE: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ExpiredToken: 'log in again',
  ExpiredTokenException: 'log in again',
  AccessDenied: 'ask for the permission that it names',
  AccessDeniedException: 'ask for the permission that it names',
  QueueDoesNotExist: 'check --queue, --dlq and the region',
  ECONNREFUSED: 'check AWS_ENDPOINT_URL and whether the local system is up',
  ENOTFOUND: 'check the region and the network',
  TimeoutError: 'try again',
};

/**
 * Says what a user can do about an error.
 *
 * @returns undefined for a defect of this program, which is printed with its stack
 */
export function describeError(error: unknown): DescribedError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  if (error instanceof DeclinedError) return { exitCode: 1, cause: name, message };
  if (error instanceof UsageError) return { exitCode: 2, cause: name, message };
  if (error instanceof UnavailableError) {
    return { exitCode: 3, cause: error.reason, message };
  }
  if (error instanceof BusyError) return { exitCode: 4, cause: name, message };
  if (error instanceof KeysError) return { exitCode: 3, cause: name, message };
  if (message === 'Region is missing') {
    return {
      exitCode: 2,
      cause: 'RegionMissing',
      message: 'no region: name it with --region, or set AWS_REGION',
    };
  }
  const cause = causeOf(error);
  if (cause === undefined) return undefined;
  const advice = ADVICE[cause];
  const text = message === '' || message === cause ? '' : `: ${message.replace(/\.$/, '')}`;
  return {
    exitCode: 3,
    cause,
    message: `AWS: ${cause}${text}${advice === undefined ? '' : `; ${advice}`}`,
  };
}

/** The name of an error of the SDK or of the network; undefined for any other. */
function causeOf(error: Error): string | undefined {
  const code = errorCode(error) ?? errorCode(error.cause);
  if (code !== undefined && /^E[A-Z_]+$/.test(code)) return code;
  const isOfSdk = '$metadata' in error || error.name in ADVICE;
  return isOfSdk ? error.name : undefined;
}
