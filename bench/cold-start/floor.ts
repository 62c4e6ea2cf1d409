/** The least that a function with keys can be: middy, and the client of Secrets Manager. */
import middy from '@middy/core';
import secretsManager from '@middy/secrets-manager';

export const handler = middy()
  .use(
    secretsManager({
      fetchData: { keys: process.env.FINERWORKS_SECRET_ID ?? '' },
      disablePrefetch: true,
      setToContext: true,
    }),
  )
  .handler(async () => ({ batchItemFailures: [] }));
