import * as z from 'zod';
import type { HttpServer } from '../http-server.ts';
import { startJsonService } from './json-service.ts';

const Request = z.object({ SecretId: z.string() });

/** A Secrets Manager that knows `GetSecretValue`, and secrets that can change while it runs. */
export interface LocalSecretsManager extends HttpServer {
  /** Sets what a secret holds; undefined removes it. */
  readonly put: (secretId: string, content: string | undefined) => void;
  /** Makes every request fail with HTTP 500, or no longer. */
  readonly setDown: (isDown: boolean) => void;
  /** How many secrets were read. */
  readonly reads: () => number;
}

/** Starts it on 127.0.0.1. @param port 0 for a free one */
export async function startSecretsManager(port = 0): Promise<LocalSecretsManager> {
  const secrets = new Map<string, string>();
  let isDown = false;
  let reads = 0;
  const server = await startJsonService((action, asked) => {
    const parsed = Request.safeParse(asked);
    if (isDown) return [500, { __type: 'InternalServiceError' }];
    if (action !== 'secretsmanager.GetSecretValue' || !parsed.success) {
      return [400, { __type: 'InvalidRequestException', message: `not here: ${action}` }];
    }
    const content = secrets.get(parsed.data.SecretId);
    if (content === undefined) {
      return [400, { __type: 'ResourceNotFoundException', message: 'no such secret' }];
    }
    reads += 1;
    return [
      200,
      {
        Name: parsed.data.SecretId,
        SecretString: content,
        VersionStages: ['AWSCURRENT'],
      },
    ];
  }, port);
  return {
    ...server,
    put: (secretId, content) => {
      if (content === undefined) secrets.delete(secretId);
      else secrets.set(secretId, content);
    },
    setDown: (down) => {
      isDown = down;
    },
    reads: () => reads,
  };
}
