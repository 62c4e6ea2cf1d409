// @ts-nocheck
import * as z from 'zod';

/** The plain form of an event, as far as a peer needs it. */
export const PeerEvent = z.object({
  guid: z.uuid(),
  title: z.string().optional(),
  description: z.string().optional(),
});
export type PeerEvent = z.output<typeof PeerEvent>;
