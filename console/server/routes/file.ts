import { Hono } from 'hono';
import * as z from 'zod';
import { FORMATS } from '../../../cli/files/event-file.ts';
import { validateFiles } from '../../../cli/files/validate-files.ts';
import { showPreview } from '../../../cli/preview/show-preview.ts';
import { sendFiles } from '../../../cli/sending/send-files.ts';
import { hashOf } from '../../../lambda/general/hash.ts';
import type { Env } from '../env.ts';
import { runOnText } from '../files/run-on-text.ts';
import { input } from '../input.ts';

const Text = z.object({ text: z.string().min(1), format: z.enum(FORMATS) });

/** Files of events that were pasted or chosen, as `validate`, `preview` and `send` take them. */
export const file = new Hono<Env>()
  .post('/ask/validate', input('json', Text), async (c) => {
    const { managed } = c.var;
    const limits = await managed.limits();
    const report = await runOnText(c.req.valid('json'), managed.terminal, (name, dependencies) =>
      validateFiles({ ...limits, files: [name] }, dependencies),
    );
    return c.json(report);
  })
  .post('/ask/preview', input('json', Text), async (c) => {
    const { target, terminal } = c.var.managed;
    const report = await runOnText(c.req.valid('json'), terminal, (name, dependencies) =>
      showPreview({ ...target, files: [name], all: false }, dependencies),
    );
    return c.json(report);
  })
  .post(
    '/change/send',
    input(
      'json',
      Text.extend({ allowClearing: z.boolean(), restart: z.boolean(), force: z.boolean() }),
    ),
    async (c) => {
      const { managed, sentFiles } = c.var;
      const { allowClearing, restart, force, ...text } = c.req.valid('json');
      c.set('logged', { file: hashOf(text.text), allowClearing, restart, force });
      const limits = await managed.limits();
      // The page has asked.
      const asked = { yes: true, allowClearing, restart, force };
      const how = { ...limits, ...managed.target, ...asked, changedOnly: false };
      const report = await sentFiles.send(text, managed.terminal, (name, dependencies) =>
        sendFiles({ ...how, files: [name] }, dependencies),
      );
      return c.json(report);
    },
  );
