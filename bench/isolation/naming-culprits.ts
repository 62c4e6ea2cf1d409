import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { Interception, StandIn } from '../../local/finerworks/stand-in.ts';

const Body = z.object({ images: z.array(z.object({ guid: z.string() })) });

/** A FinerWorks that says which images it refuses; whether the real one does is not known. */
export function namingCulprits({ images }: Pick<StandIn, 'images'>): Interception {
  return (request, response, proceed) => {
    const { data } = Body.safeParse(jsonOrUndefined(request.body));
    const unknown = (data?.images ?? []).filter(({ guid }) => images.get(guid) === undefined);
    if (unknown.length === 0) return proceed();
    const message = `Images not found: ${unknown.map(({ guid }) => guid).join(', ')}`;
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: { success: false, status_code: 400, message } }));
  };
}
