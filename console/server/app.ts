import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { describeError } from '../../cli/errors.ts';
import { LedgerError } from '../../lambda/ledger/history.ts';
import { type ApiOptions, createApi } from './api.ts';
import { PAGE_FILES, type Page, type PageFile } from './page-files.ts';
import { guard } from './security/guard.ts';
import { headers } from './security/headers.ts';
import type { Sessions } from './security/session.ts';

/** A letter has 1 MiB at most, a pasted file some more; larger files are for the command line. */
const MAX_BODY_BYTES = 10 * 1024 ** 2;

/** What the app is made of. */
export interface AppOptions extends ApiOptions {
  readonly page: Page;
  readonly sessions: Sessions;
  /** The addresses of the console, with their port. */
  readonly hosts: () => ReadonlySet<string>;
  /** Takes what is a defect of the console. */
  readonly onDefect: (error: Error) => void;
}

/** The whole console behind its address: first who asks, then what. */
export function createApp({ page, sessions, hosts, onDefect, ...api }: AppOptions): Hono {
  const app = new Hono();
  app.use(headers, guard(hosts), sessions.middleware);
  app.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => c.json({ error: 'too large: the console takes 10 MiB' }, 413),
    }),
  );
  const send = (name: PageFile) => (c: Context) =>
    c.body(page[name], 200, { 'Content-Type': PAGE_FILES[name] });
  app.get('/', send('index.html'));
  for (const name of ['page.js', 'mount.js', 'page.css', 'icon.svg', 'runbook.json'] as const) {
    app.get(`/${name}`, send(name));
  }
  app.route('/api', createApi(api));
  app.notFound((c) => c.json({ error: 'there is nothing here' }, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    if (error instanceof LedgerError) return c.json({ error: error.message }, 409);
    const told = describeError(error);
    if (told !== undefined) return c.json({ error: told.message }, told.exitCode === 2 ? 400 : 502);
    onDefect(error);
    return c.json({ error: 'a defect of the console: its terminal shows more' }, 500);
  });
  return app;
}
