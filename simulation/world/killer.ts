import type { Killer } from '../scenario.ts';
import type { World } from './world.ts';

/** Whether a text ends the process that does this with it. */
export function kills({ killer }: World, when: Killer['when'], text: string): boolean {
  return killer?.when === when && text.includes(`"${killer.prefix}-`);
}
