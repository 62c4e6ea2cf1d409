import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Terminal } from './terminal/terminal.ts';

/**
 * Where this program keeps what must outlive it, a folder for each user: as the XDG Base Directory
 * Specification says, and as Windows does.
 */
export function stateFolder({ XDG_STATE_HOME, LOCALAPPDATA }: Terminal['environment']): string {
  const folder = XDG_STATE_HOME || LOCALAPPDATA || join(homedir(), '.local', 'state');
  return join(folder, 'finerworks-image-updates');
}
