import { Hono } from 'hono';
import * as z from 'zod';
import { queueAttributes } from '../../../cli/aws/queue-attributes.ts';
import { matches } from '../../../cli/dead-letters/filter.ts';
import { isComplete, summaryOf } from '../../../cli/dead-letters/summary.ts';
import { UsageError } from '../../../cli/errors.ts';
import {
  UNDELIVERED_SOURCES,
  type UndeliveredSource,
} from '../../../cli/options/letter-queue-options.ts';
import type { Env } from '../env.ts';
import { input } from '../input.ts';
import { checkBody } from '../letters/check-body.ts';
import { choicesOf } from '../letters/choices.ts';
import { groupKeyOf, groupsOf } from '../letters/groups.ts';
import { LetterChoice } from '../letters/letter-choice.ts';
import { letterDetail } from '../letters/letter-detail.ts';
import type { Managed } from '../managed.ts';

/** Rows of one group that the page shows; its count is of all. */
const MAX_ROWS = 500;

/** The dead letters of a deployment, and what its topic or its rule could not deliver. */
export const letters = new Hono<Env>()
  .post('/ask/letters', input('json', LetterChoice), async (c) => {
    const { managed } = c.var;
    const { from, ...filter } = c.req.valid('json');
    const snapshot = managed.snapshotOf(from);
    const { takenAt = null, isReading, isCut, coverage } = snapshot;
    const retentionSeconds = takenAt === null ? 0 : await retentionOf(managed, from);
    const all = snapshot.letters;
    const chosen = all.filter((letter) => matches(letter, filter));
    return c.json({
      ...{ takenAt, isReading, isCut, total: all.length, count: chosen.length },
      groups: groupsOf(chosen, retentionSeconds, Date.now()),
      choices: choicesOf(all),
      queues: await undeliveredOf(managed),
      coverage: { ...coverage, isComplete: isComplete(coverage) },
    });
  })
  .post('/ask/group', input('json', LetterChoice.extend({ group: z.string() })), async (c) => {
    const { managed } = c.var;
    const { from, group, ...filter } = c.req.valid('json');
    const retentionSeconds = await retentionOf(managed, from);
    const all = managed
      .snapshotOf(from)
      .letters.filter((letter) => matches(letter, filter) && groupKeyOf(letter) === group);
    const rows = all
      .slice(0, MAX_ROWS)
      .map((letter) => summaryOf(letter, retentionSeconds, Date.now()));
    return c.json({ rows, count: all.length });
  })
  .get('/letters/one/:id', async (c) => {
    const { managed } = c.var;
    const found = managed.findLetter(c.req.param('id'));
    if (found === undefined) {
      throw new UsageError('there is no such letter in the list; read the list anew');
    }
    return c.json(await letterDetail(found, managed, await retentionOf(managed, found.from)));
  })
  .post('/ask/read-letters', input('json', LetterChoice.pick({ from: true })), async (c) => {
    const { managed } = c.var;
    const { from } = c.req.valid('json');
    const snapshot = managed.snapshotOf(from);
    if (snapshot.isReading || c.var.replays.isRunning) {
      throw new UsageError('letters are being read or replayed at the moment; wait for its end');
    }
    await snapshot.take((stop) => managed.openLetters(stop, from));
    return c.json({ seen: snapshot.coverage.seen });
  })
  .post('/ask/check', input('json', z.object({ body: z.string() })), async (c) => {
    const { body } = c.req.valid('json');
    return c.json(checkBody(body, await c.var.managed.readEvent()));
  });

async function retentionOf(managed: Managed, from: UndeliveredSource | undefined): Promise<number> {
  const url = await managed.letterQueueUrl(from);
  return (await queueAttributes(managed.clients.sqs, url)).retentionSeconds;
}

/** The sources that have a queue of what they could not deliver. */
async function undeliveredOf({ deployment }: Managed): Promise<UndeliveredSource[]> {
  const urls = await deployment.undeliveredUrls();
  return UNDELIVERED_SOURCES.filter((source) => urls[source] !== undefined);
}
