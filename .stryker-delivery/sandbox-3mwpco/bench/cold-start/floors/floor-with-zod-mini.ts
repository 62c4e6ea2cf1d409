/** The floor, and the small form of zod. */
// @ts-nocheck

import * as z from 'zod/mini';

export { handler } from './floor.ts';
export const Checked = z.object({ guid: z.string() });
