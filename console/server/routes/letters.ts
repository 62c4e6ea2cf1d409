import { Hono } from 'hono';
import * as z from 'zod';
import { queueAttributes } from '../../../cli/aws/queue-attributes.ts';
import { isComplete, type Summary, summaryOf } from '../../../cli/dead-letters/summary.ts';
import { UsageError } from '../../../cli/errors.ts';
import type { Env } from '../env.ts';
import { input } from '../input.ts';
import { checkBody } from '../letters/check-body.ts';
import { groupOf, groupsOf } from '../letters/groups.ts';
import { letterDetail } from '../letters/letter-detail.ts';
import type { Managed } from '../managed.ts';

/** Rows of one group that the page shows; its count is of all. */
const MAX_ROWS = 500;

/** The dead letters of a deployment. */
export const letters = new Hono<Env>()
  .get('/letters', async (c) => {
    const { snapshot } = c.var.managed;
    const { takenAt = null, isReading, isCut, coverage } = snapshot;
    const retentionSeconds = takenAt === null ? 0 : await retentionOf(c.var.managed);
    const groups = groupsOf(snapshot.letters, retentionSeconds, Date.now());
    const total = snapshot.letters.length;
    return c.json({
      ...{ takenAt, isReading, isCut, total, groups },
      coverage: { ...coverage, isComplete: isComplete(coverage) },
    });
  })
  .get('/letters/of/:group', async (c) => {
    const { managed } = c.var;
    const retentionSeconds = await retentionOf(managed);
    const all = managed.snapshot.letters.filter(
      (letter) => groupOf(letter).key === c.req.param('group'),
    );
    const rows: Summary[] = all
      .slice(0, MAX_ROWS)
      .map((letter) => summaryOf(letter, retentionSeconds, Date.now()));
    return c.json({ rows, count: all.length });
  })
  .get('/letters/one/:id', async (c) => {
    const { managed } = c.var;
    const letter = managed.snapshot.find(c.req.param('id'));
    if (letter === undefined) {
      throw new UsageError('there is no such letter in the list; read the list anew');
    }
    return c.json(await letterDetail(letter, managed, await retentionOf(managed)));
  })
  .post('/ask/read-letters', async (c) => {
    const { managed } = c.var;
    if (managed.snapshot.isReading || c.var.replays.isRunning) {
      throw new UsageError('letters are being read or replayed at the moment; wait for its end');
    }
    await managed.snapshot.take((stop) => managed.openLetters(stop));
    return c.json({ seen: managed.snapshot.coverage.seen });
  })
  .post('/ask/check', input('json', z.object({ body: z.string() })), async (c) => {
    const { body } = c.req.valid('json');
    return c.json(checkBody(body, await c.var.managed.readEvent()));
  });

async function retentionOf({ clients, deployment }: Managed): Promise<number> {
  const url = await deployment.deadLetterQueueUrl();
  return (await queueAttributes(clients.sqs, url)).retentionSeconds;
}
