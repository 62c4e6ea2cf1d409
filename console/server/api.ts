import { Hono } from 'hono';
import type { ActionLog } from './action-log.ts';
import type { Env } from './env.ts';
import type { SentFiles } from './files/sent-files.ts';
import type { Managed } from './managed.ts';
import type { Replays } from './replay/replays.ts';
import { file } from './routes/file.ts';
import { image } from './routes/image.ts';
import { letters } from './routes/letters.ts';
import { overview } from './routes/overview.ts';
import { replays } from './routes/replays.ts';
import { createTail } from './routes/tail.ts';
import { trail } from './routes/trail.ts';
import { changes } from './security/changes.ts';

/** A deployment, and what is done to it. */
export interface Desk {
  readonly managed: Managed;
  readonly replays: Replays;
  readonly sentFiles: SentFiles;
}

/** What the answers are made of. */
export interface ApiOptions {
  readonly deployments: readonly Desk[];
  readonly isReadOnly: boolean;
  readonly log: ActionLog;
}

/**
 * What the page asks. Reads are GET, questions with a body lie under `ask/`, and all that changes anything
 * lies under `change/`.
 */
export function createApi({ deployments, isReadOnly, log }: ApiOptions) {
  const ofDeployment = new Hono<Env>()
    .use('/change/*', changes(isReadOnly, log))
    .route('/', letters)
    .route('/', replays)
    .route('/', overview)
    .route('/', image)
    .route('/', trail)
    .route('/', createTail())
    .route('/', file);
  return new Hono<Env>()
    .get('/session', async (c) =>
      c.json({
        isReadOnly,
        deployments: await Promise.all(
          deployments.map(async ({ managed }) => {
            const { id, name, isLocal } = managed;
            return { id, name, isLocal, isProduction: await managed.isProduction() };
          }),
        ),
      }),
    )
    .use('/of/:deployment/*', async (c, next) => {
      const desk = deployments.find(({ managed }) => managed.id === c.req.param('deployment'));
      if (desk === undefined) return c.json({ error: 'there is no such deployment' }, 404);
      c.set('managed', desk.managed);
      c.set('replays', desk.replays);
      c.set('sentFiles', desk.sentFiles);
      return next();
    })
    .route('/of/:deployment', ofDeployment);
}

/** The type of the page's client. */
export type Api = ReturnType<typeof createApi>;
