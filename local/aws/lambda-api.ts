import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { type HttpServer, listen } from '../http-server.ts';
import type { EventSource } from '../lambda/event-source.ts';
import { LOCAL_CREDENTIALS } from './queues.ts';

/** The function's name, which metrics and logs have too. */
export const FUNCTION_NAME = 'local';
/** The group that its lines are in (AWS: Lambda, sending logs to CloudWatch Logs). */
export const LOG_GROUP = `/aws/lambda/${FUNCTION_NAME}`;

const MAPPINGS = '/2015-03-31/event-source-mappings';
const CONFIGURATION = `/2015-03-31/functions/${FUNCTION_NAME}/configuration`;
/** There is one, always the same. */
const UUID = '00000000-0000-4000-8000-000000000001';

const Update = z.object({ Enabled: z.boolean().optional() });

interface LambdaApiOptions {
  readonly eventSource: Pick<EventSource, 'state' | 'pause' | 'resume'>;
  readonly queueArn: string;
  /** The function's environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
}

/**
 * Starts the part of Lambda's API that the command line uses: one event source mapping, which can be
 * switched, and the configuration of the function.
 */
export async function startLambdaApi(options: LambdaApiOptions): Promise<HttpServer> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://local');
    const asked = `${request.method} ${url.pathname.replace(/\/$/, '')}`;
    const [status, body] = answerTo(asked, url.searchParams, await text(request), options);
    const kind = status === 404 ? { 'x-amzn-errortype': 'ResourceNotFoundException' } : {};
    response.writeHead(status, { 'content-type': 'application/json', ...kind });
    response.end(JSON.stringify(body));
  });
  return listen(server, options.port);
}

function answerTo(
  asked: string,
  query: URLSearchParams,
  body: string,
  { eventSource, queueArn, environment }: LambdaApiOptions,
): [status: number, body: object] {
  const mapping = () => ({
    UUID,
    EventSourceArn: queueArn,
    FunctionArn: `arn:aws:lambda:${LOCAL_CREDENTIALS.AWS_REGION}:000000000000:function:${FUNCTION_NAME}`,
    State: eventSource.state,
  });
  switch (asked) {
    case `GET ${MAPPINGS}`: {
      const isOfQueue = (query.get('EventSourceArn') ?? queueArn) === queueArn;
      return [200, { EventSourceMappings: isOfQueue ? [mapping()] : [] }];
    }
    case `GET ${MAPPINGS}/${UUID}`:
      return [200, mapping()];
    case `PUT ${MAPPINGS}/${UUID}`: {
      const { Enabled } = Update.safeParse(jsonOrUndefined(body)).data ?? {};
      if (Enabled === true) eventSource.resume();
      if (Enabled === false) eventSource.pause();
      return [202, mapping()];
    }
    case `GET ${CONFIGURATION}`:
      return [
        200,
        {
          FunctionName: FUNCTION_NAME,
          Environment: { Variables: environment },
          LoggingConfig: { LogGroup: LOG_GROUP },
        },
      ];
    default:
      return [404, { Type: 'User', Message: `not here: ${asked}` }];
  }
}
