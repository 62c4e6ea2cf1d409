/** The floor, and zod: what checking costs before anything is checked. */
// @ts-nocheck

import * as z from 'zod';

export { handler } from './floor.ts';
export const Checked = z.object({ guid: z.string() });
