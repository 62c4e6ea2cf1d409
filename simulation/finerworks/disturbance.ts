import type { Answer } from '../../lambda/finerworks/answer.ts';
import { answerOf, resetAnswer, wafPage } from './answers.ts';

/** What happens to a disturbed call. */
export type Disorder =
  /** `success: false`, though nothing is wrong with the call. */
  | 'refused'
  /** No answer ever. */
  | 'hangs'
  /** HTTP 403 with the page of a firewall. */
  | 'forbidden'
  | 'serverError'
  | 'reset'
  /** A page, and HTTP 200. */
  | 'page'
  /** HTTP 429. */
  | 'throttled';

/** Something that happens to all calls of a kind, for a while. */
export interface Disturbance {
  readonly how: Disorder;
  /** Milliseconds since the beginning of the run. */
  readonly from: number;
  readonly until: number;
  /** Whether list calls are disturbed too. */
  readonly listsToo: boolean;
  /** Unset: every account. */
  readonly account?: string | null;
  /** How the guids of the images begin of which one is enough. Unset: every call. */
  readonly prefix?: string;
  /** What HTTP 429 asks for. */
  readonly retryAfterSeconds?: number;
}

/** A call, as far as it matters to a disturbance. */
export interface DisturbedCall {
  readonly isList: boolean;
  readonly account: string | null;
  readonly guids: readonly string[];
  /** Milliseconds since the beginning of the run. */
  readonly at: number;
}

/** @returns the disturbance of a call; undefined where there is none */
export function disturbanceOf(
  { isList, account, guids, at }: DisturbedCall,
  disturbances: readonly Disturbance[],
): Disturbance | undefined {
  return disturbances.find(
    (disturbance) =>
      disturbance.from <= at &&
      at < disturbance.until &&
      (disturbance.listsToo || !isList) &&
      (disturbance.account === undefined || disturbance.account === account) &&
      (disturbance.prefix === undefined ||
        guids.some(
          (guid) => disturbance.prefix !== undefined && guid.startsWith(disturbance.prefix),
        )),
  );
}

/** @returns the answer to a disturbed call; undefined where there never is one */
export function disturbedAnswer({ how, retryAfterSeconds }: Disturbance): Answer | undefined {
  switch (how) {
    case 'refused':
      return answerOf(200, REFUSED);
    case 'hangs':
      return undefined;
    case 'forbidden':
      return wafPage;
    case 'serverError':
      return answerOf(500, { Message: 'An error has occurred.' });
    case 'reset':
      return resetAnswer;
    case 'page':
      return answerOf(200, '<html>Welcome</html>');
    case 'throttled':
      return answerOf(429, '', retryAfterSeconds === undefined ? null : String(retryAfterSeconds));
  }
}

const REFUSED = { status: { success: false, status_code: 400, message: 'Invalid request.' } };
