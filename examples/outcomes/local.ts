/** Takes what `npm start -- --serve --outcomes --json` prints to a shop, as rule and function would. See README.md. */
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { Outcome, postOutcome } from './post.ts';

const Environment = z.object({ WEBHOOK_URL: z.url(), WEBHOOK_SECRET: z.string() });
const Told = z.object({ outcome: z.literal('told'), event: Outcome });

const { WEBHOOK_URL, WEBHOOK_SECRET } = Environment.parse(process.env);

for await (const line of createInterface({ input: process.stdin })) {
  const { data } = Told.safeParse(JSON.parse(line));
  if (data === undefined) continue;
  await postOutcome(WEBHOOK_URL, WEBHOOK_SECRET, data.event).catch((error: unknown) =>
    console.error(String(error)),
  );
}
