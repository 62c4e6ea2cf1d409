/** The shop on this machine: `WEBHOOK_SECRET=whsec_… node main.ts`. */
import { createShop } from './shop.ts';

const PORT = 3_000;

createShop(process.env.WEBHOOK_SECRET ?? '').listen(PORT, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${PORT}/images/GUID says when an image was last synced.`),
);
