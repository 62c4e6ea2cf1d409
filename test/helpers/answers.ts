import type { Answer, HttpAnswer, NoAnswer } from '../../lambda/finerworks/answer.ts';
import type { CallApplied, CallRefused } from '../../lambda/finerworks/classify.ts';

/** A call was taken, by an answer that lists nothing. */
export const APPLIED: CallApplied = { kind: 'applied', listed: undefined, content: {} };

/** A call was refused, in no words. */
export const REFUSED: CallRefused = {
  kind: 'refused',
  tooLarge: false,
  detail: '',
  http: { status: 400, excerpt: '' },
  prose: '',
  listed: undefined,
};

/** An HTTP answer of FinerWorks; an object is written as JSON. */
export function answer(
  status: number,
  body: unknown = '',
  retryAfter: string | null = null,
): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answer', status, retryAfter, text, truncated: false };
}

/** The documented success, with the newer host's list of images where guids are given. */
export function success(guids?: readonly string[]): HttpAnswer {
  const status = { success: true, status_code: 200, message: '', debug: null };
  return answer(200, { status, ...(guids && { images: guids.map((guid) => ({ guid })) }) });
}

/** A refusal of the whole call. */
export function refusal(message = 'One or more images could not be updated.'): HttpAnswer {
  return answer(400, { status: { success: false, status_code: 400, message, debug: null } });
}

/** How FinerWorks answers bad keys: HTTP 400 and no status object. */
export const badKeys = answer(400, {
  Message: 'The request is invalid.',
  ModelState: {
    'ApiC.Models.authorization_credentials': ['Missing or unauthorized api credentials'],
  },
});

/** No answer in time: whether the call took effect is unknown. */
export const timeout: NoAnswer = {
  kind: 'none',
  cause: 'Timeout',
  detail: 'no answer within 25 s',
};

/** The connection broke. */
export function broken(code = 'ECONNRESET'): NoAnswer {
  return { kind: 'none', cause: 'Network', detail: code };
}

/** The n-th of some answers, counted from 1; the last one for ever. */
export function inTurn(answers: readonly Answer[], nth: number): Answer {
  return answers[nth - 1] ?? answers.at(-1) ?? answer(404);
}

/** A list of images of the inventory library, without products unless the test says otherwise. */
export function listOf(
  images: readonly {
    readonly guid: string;
    readonly title?: string;
    readonly description?: string;
    readonly products?: readonly object[] | null;
  }[],
): HttpAnswer {
  const whole = images.map((image) => ({ title: '', description: '', products: [], ...image }));
  return answer(200, { status: { success: true }, images: whole });
}
