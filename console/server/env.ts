import type { SentFiles } from './files/sent-files.ts';
import type { Managed } from './managed.ts';
import type { Replays } from './replay/replays.ts';

/** What middlewares leave for routes. */
export interface Env {
  readonly Variables: {
    /** The deployment that the request is about. */
    managed: Managed;
    replays: Replays;
    sentFiles: SentFiles;
    /** What the line of the action log says besides. */
    logged?: Readonly<Record<string, unknown>>;
  };
}
