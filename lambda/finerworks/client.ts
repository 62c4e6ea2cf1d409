import type { Answer } from './answer.ts';
import { type Call, toBody } from './call.ts';
import type { Keys } from './keys.ts';
import { type ClientSettings, request } from './request.ts';

/** An answer is one status object, and on the newer host the images sent: far below this. */
const MAX_ANSWER_BYTES = 1_048_576;

/** Sends one call. Resolves to whatever came of it; what it means is for `classify` to say. */
export type Send = (call: Call, keys: Keys) => Promise<Answer>;

/** Makes the one function that updates images at FinerWorks. */
export function createClient(settings: ClientSettings): Send {
  return (call, keys) =>
    request(
      {
        method: 'PUT',
        path: '/v3/update_images',
        body: toBody(call),
        cap: MAX_ANSWER_BYTES,
      },
      keys,
      settings,
    );
}
