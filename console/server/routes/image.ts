import { Hono } from 'hono';
import * as z from 'zod';
import { ledgerOf } from '../../../cli/aws/ledger.ts';
import { UsageError } from '../../../cli/errors.ts';
import { imageAtFinerWorks, renderAtFinerWorks } from '../../../cli/images/image-at-finerworks.ts';
import { renderHistory } from '../../../cli/images/render-history.ts';
import { Guid } from '../../../lambda/contract/image.ts';
import type { Env } from '../env.ts';
import { input } from '../input.ts';

const Asked = z.object({ account: z.string().optional() });

/** What is known of an image, as `image GUID` says it. */
export const image = new Hono<Env>()
  .get('/images/:guid', input('query', Asked), async (c) => {
    const { deployment, clients, snapshot } = c.var.managed;
    const { success, data: guid } = Guid.safeParse(c.req.param('guid'));
    if (!success) throw new UsageError('that is no id of an image, which is a UUID');
    const settings = await deployment.functionSettings();
    const ledger = settings.ledgerTable && (await ledgerOf(deployment, clients.dynamoDb));
    const item = ledger ? await ledger.read(guid) : undefined;
    const account = c.req.valid('query').account || null;
    const shown = await imageAtFinerWorks({ guid, account }, item, clients, settings);
    return c.json({
      guid,
      hasLedger: Boolean(ledger),
      history: item === undefined ? null : renderHistory(item, Date.now()),
      atFinerWorks: renderAtFinerWorks(shown),
      letters: snapshot.letters
        .filter(({ guids }) => guids.includes(guid))
        .map(({ messageId, reason, failure }) => ({
          ...{ messageId, reason, detail: failure?.detail ?? '' },
        })),
      lettersReadAt: snapshot.takenAt ?? null,
    });
  })
  .post('/change/forget', input('json', z.object({ guid: Guid })), async (c) => {
    const { deployment, clients } = c.var.managed;
    const { guid } = c.req.valid('json');
    c.set('logged', { guid });
    const ledger = await ledgerOf(deployment, clients.dynamoDb);
    await ledger.forget(guid);
    return c.json({ guid });
  });
