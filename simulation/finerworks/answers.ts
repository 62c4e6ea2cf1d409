import type { HttpAnswer, NoAnswer } from '../../lambda/finerworks/answer.ts';
import type { SeededRandom } from '../world/random.ts';
import type { WireImage } from './wire.ts';

/** An answer over HTTP; a body that is no text is written as JSON. */
export function answerOf(
  status: number,
  body: unknown,
  retryAfter: string | null = null,
): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answer', status, retryAfter, text, truncated: false };
}

function statusObject(success: boolean, message: string, code = success ? 200 : 400) {
  return { status: { success, status_code: code, message, debug: null } };
}

const listed = (images: readonly Pick<WireImage, 'guid'>[]) => ({
  images: images.map(({ guid }) => ({ guid })),
});

/** Success as documented, or with the newer host's list, or with its unreliable `status_code`. */
export function successAnswer(
  images: readonly Pick<WireImage, 'guid'>[] | undefined,
  random: SeededRandom,
) {
  const status = statusObject(true, '', random.chance(0.1) ? 400 : 200);
  return answerOf(200, { ...status, ...(images !== undefined && listed(images)) });
}

/** What `list_images` answers. @param count how many images there are, shown or not */
export function listAnswer(
  images: readonly object[],
  { perPage, count }: { readonly perPage: number; readonly count: number },
): HttpAnswer {
  const page = { page_number: 1, per_page: perPage, count };
  return answerOf(200, { ...statusObject(true, ''), images, ...page });
}

/** Products that `list_virtual_inventory` shows on a page (FinerWorks: at most 50). */
const PRODUCTS_PER_PAGE = 50;

/** What `list_virtual_inventory` answers. @param page counted from 1 */
export function productsAnswer(products: readonly object[], page: number): HttpAnswer {
  const shown = products.slice((page - 1) * PRODUCTS_PER_PAGE, page * PRODUCTS_PER_PAGE);
  const figures = { page_number: page, per_page: PRODUCTS_PER_PAGE, count: products.length };
  return answerOf(200, { ...statusObject(true, ''), products: shown, ...figures });
}

/**
 * One of the many ways in which the whole of a call is refused for some of its images. What it
 * says of them may help, and may mislead.
 */
export function refusalAnswer(
  images: readonly WireImage[],
  bad: readonly WireImage[],
  random: SeededRandom,
): HttpAnswer {
  const named = bad.length > 0 ? random.pick([bad, bad.slice(0, 1), images]) : [];
  const hint = random.chance(0.1) ? random.some(images, 0.3) : named;
  const guids = hint.map(({ guid }) => random.pick([guid, guid.toUpperCase(), `{${guid}}`]));
  const mute = 'One or more images could not be updated.';
  const telling = `Could not update: ${guids.join(', ')}`;
  const good = images.filter((image) => !bad.includes(image));
  const modelState = { 'images[0].guid': [random.pick([mute, telling])] };
  return random.pick([
    answerOf(400, statusObject(false, mute)),
    answerOf(400, statusObject(false, telling)),
    answerOf(200, statusObject(false, random.pick([mute, telling]))),
    answerOf(200, { ...statusObject(false, mute), ...listed(good) }),
    answerOf(400, { Message: 'The request is invalid.', ModelState: modelState }),
    answerOf(422, { message: telling }),
    answerOf(404, { Message: mute }),
    answerOf(409, telling),
  ]);
}

/** A refusal that says nothing about the images, or names the first of those at fault. */
export function plainRefusal(bad: readonly WireImage[], saying: 'mute' | 'namesFirst'): HttpAnswer {
  const message = saying === 'mute' ? '' : `: ${bad[0]?.guid}`;
  return answerOf(400, statusObject(false, `An image could not be updated${message}`));
}

/** HTTP 400 and no status object is how FinerWorks answers bad keys; gateways say 401. */
export function badKeysAnswer(random: SeededRandom): HttpAnswer {
  const key = 'ApiC.Models.authorization_credentials';
  const modelState = { [key]: ['Missing or unauthorized api credentials'] };
  const documented = answerOf(400, { Message: 'The request is invalid.', ModelState: modelState });
  return random.pick([documented, documented, documented, answerOf(401, '')]);
}

/** What a firewall says to a text that it takes for an attack. */
export const wafPage = answerOf(403, '<html><h1>403 Forbidden</h1>Request blocked.</html>');

export const tooLargeAnswer = answerOf(413, '<html>Request Entity Too Large</html>');

/**
 * Nothing is sure after these, whether something was applied or not.
 *
 * @param isDone whether something was: then there was a connection
 */
export function brokenAnswer(random: SeededRandom, isDone: boolean): HttpAnswer | NoAnswer {
  const refused: NoAnswer = { kind: 'none', cause: 'Network', detail: 'ECONNREFUSED' };
  return random.pick([
    answerOf(500, { Message: 'An error has occurred.' }),
    answerOf(502, '<html><h1>502 Bad Gateway</h1></html>'),
    answerOf(503, ''),
    answerOf(504, statusObject(true, '')),
    answerOf(408, ''),
    answerOf(200, '<html>Welcome</html>'),
    answerOf(200, ''),
    answerOf(200, '{"status":{"success":tr'),
    answerOf(200, { images: [] }),
    answerOf(302, ''),
    { ...answerOf(200, statusObject(true, '')), truncated: true },
    isDone ? resetAnswer : refused,
    resetAnswer,
    resetAnswer,
  ]);
}

/** The connection broke; whether before or after the call took effect is not known. */
export const resetAnswer: NoAnswer = { kind: 'none', cause: 'Network', detail: 'ECONNRESET' };

/** @param seconds undefined where the answer does not say how long to wait */
export function throttledAnswer(seconds: number | undefined, now: number, random: SeededRandom) {
  const date = new Date(now + (seconds ?? 0) * 1_000).toUTCString();
  const header = seconds === undefined ? null : random.pick([String(seconds), date]);
  return answerOf(random.pick([429, 429, 503]), random.pick(['', 'slow down']), header);
}
