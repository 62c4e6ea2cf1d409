import { Hono } from 'hono';
import * as z from 'zod';
import { UsageError } from '../../../cli/errors.ts';
import { hashOf } from '../../../lambda/general/hash.ts';
import type { Env } from '../env.ts';
import { input } from '../input.ts';
import { LetterChoice } from '../letters/letter-choice.ts';
import { dryRun } from '../replay/dry-run.ts';

/** What the page may ask to be replayed. */
const ReplayInput = z
  .object({
    ...LetterChoice.shape,
    ids: z.array(z.string()).max(10_000).optional(),
    groups: z.array(z.string()).max(1_000).optional(),
    limit: z.int().min(1).optional(),
    rate: z.int().min(1).max(10_000).optional(),
    force: z.boolean().default(false),
    body: z.string().optional(),
  })
  .refine(({ body, ids }) => body === undefined || ids?.length === 1, {
    error: 'an edited body is for one letter',
  });

/** Replays of dead letters. */
export const replays = new Hono<Env>()
  .get('/replays', (c) => c.json({ replays: c.var.replays.all }))
  .get('/replays/:id', (c) => {
    const state = c.var.replays.get(c.req.param('id'));
    if (state === undefined) throw new UsageError('there is no such replay');
    return c.json(state);
  })
  .post('/ask/dry-run', input('json', ReplayInput), async (c) => {
    const { managed } = c.var;
    const limits = await managed.limits();
    return c.json(await dryRun(managed, { ...c.req.valid('json'), ...limits }));
  })
  .post('/change/replay', input('json', ReplayInput), async (c) => {
    const { managed } = c.var;
    const { body, ...choice } = c.req.valid('json');
    // The log tells which body was sent, and not its texts.
    c.set('logged', { ...choice, ...(body !== undefined && { body: hashOf(body) }) });
    if (managed.snapshotOf(choice.from).isReading) {
      throw new UsageError('the letters are being read at the moment; wait for its end');
    }
    const limits = await managed.limits();
    const id = c.var.replays.start({ ...choice, body, ...limits });
    if (id === undefined) throw new UsageError('another replay is under way; wait for its end');
    c.set('logged', { ...c.var.logged, replay: id });
    return c.json({ id });
  })
  .post('/change/cancel-replay', input('json', z.object({ id: z.string() })), (c) => {
    const { id } = c.req.valid('json');
    c.set('logged', { replay: id });
    c.var.replays.cancel(id);
    return c.json({ id });
  });
