import type { MiddlewareHandler } from 'hono';
import type { ActionLog } from '../action-log.ts';
import type { Env } from '../env.ts';

/**
 * Stands before everything that changes something, all of which lies under `change/`: refuses it where the
 * console is read-only, and writes a line of the log for it.
 */
export function changes(isReadOnly: boolean, log: ActionLog): MiddlewareHandler<Env> {
  return async (c, next) => {
    const action = c.req.path.split('/change/').at(-1) ?? '';
    const { name } = c.var.managed;
    if (isReadOnly) {
      log({ action, deployment: name, result: 'refused: read-only' });
      return c.json({ error: 'This console is read-only (--read-only).' }, 403);
    }
    await next();
    const { ok, status } = c.res;
    log({ action, deployment: name, ...c.var.logged, result: ok ? 'done' : `failed: ${status}` });
    return;
  };
}
