import * as z from 'zod';
import { Guid } from '../../lambda/contract/image.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { Images } from './images.ts';
import type { Habits, Readings } from './readings.ts';
import { modelState, type Reply, status } from './replies.ts';
import { writtenGuid } from './taking.ts';

/** The request as docs/finerworks-api.md has it: at most 50 a page, a session id of 8 to 50. */
const ListImages = z.object({
  library: z.object({
    name: z.enum(['inventory', 'temporary']),
    session_id: z.string().min(8).max(50),
    account_key: z.string().nullish(),
    site_id: z.int().nullish(),
  }),
  guid_filter: z.array(z.string()).nullish(),
  page_number: z.int().min(1).default(1),
  per_page: z.int().min(1).max(50).default(10),
  list_products: z.boolean().default(false),
});

/** Answers `POST /v3/list_images`: the images of one library, a page of them. */
export function listImages(body: string, images: Images, habits: Habits): Reply {
  const parsed = ListImages.safeParse(jsonOrUndefined(body));
  if (!parsed.success) return modelState('list', ['The request body is not valid.']);
  const { library, guid_filter, page_number, per_page, list_products } = parsed.data;
  const { readings, listLagSeconds } = habits;
  const wanted = guid_filter && wantedOf(guid_filter, readings);
  for (const guid of wanted ?? []) images.get(guid);
  const found = images.inLibrary(library.name).filter(([guid]) => wanted?.has(guid) ?? true);
  const page = found.slice((page_number - 1) * per_page, page_number * per_page);
  const lag = readings.has('late-list') ? listLagSeconds * 1_000 : 0;
  return {
    status: 200,
    body: {
      ...status(200).body,
      images: page.map(([guid, { products }]) => ({
        guid: writtenGuid(guid, readings),
        ...images.textsBefore(guid, lag),
        ...(!readings.has('no-products') && {
          products: list_products ? products.map((sku) => ({ sku })) : null,
        }),
      })),
      page_number,
      per_page,
      count: found.length,
    },
  };
}

function wantedOf(guids: readonly string[], readings: Readings): ReadonlySet<string> {
  const known = guids.filter(
    (guid) => !readings.has('guid-case-kept') || guid === guid.toLowerCase(),
  );
  return new Set(known.flatMap((guid) => Guid.safeParse(guid).data ?? []));
}
