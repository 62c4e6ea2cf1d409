import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { type HttpServer, listen } from '../http-server.ts';
import type { EventSource } from '../lambda/event-source.ts';
import type { Doors } from '../webhooks/doors.ts';
import { LOCAL_CREDENTIALS } from './queues.ts';

/** The function's name, which metrics and logs have too. */
export const FUNCTION_NAME = 'local';
/** The group that its lines are in (AWS: Lambda, sending logs to CloudWatch Logs). */
export const LOG_GROUP = `/aws/lambda/${FUNCTION_NAME}`;

const MAPPINGS = '/2015-03-31/event-source-mappings';
const CONFIGURATION = `/2015-03-31/functions/${FUNCTION_NAME}/configuration`;
/** There is one, always the same. */
const UUID = '00000000-0000-4000-8000-000000000001';

/** A door is invoked by the name of its function, `local-shopify`. */
const INVOCATION = /^POST \/2015-03-31\/functions\/local-([\w-]+)\/invocations$/;

const Update = z.object({ Enabled: z.boolean().optional() });

interface LambdaApiOptions {
  readonly eventSource: Pick<EventSource, 'state' | 'pause' | 'resume'>;
  readonly queueArn: string;
  /** The function's environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly doors?: Pick<Doors, 'invoke'> | undefined;
  readonly port: number;
}

/**
 * Starts the part of Lambda's API that the command line uses: one event source mapping, which can be
 * switched, the configuration of the function, and the invocation of doors.
 */
export async function startLambdaApi(options: LambdaApiOptions): Promise<HttpServer> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://local');
    const asked = `${request.method} ${url.pathname.replace(/\/$/, '')}`;
    const sent = await text(request);
    const [status, body] =
      (await invoked(asked, sent, options.doors)) ??
      answerTo(asked, url.searchParams, sent, options);
    const kind = status === 404 ? { 'x-amzn-errortype': 'ResourceNotFoundException' } : {};
    response.writeHead(status, { 'content-type': 'application/json', ...kind });
    response.end(JSON.stringify(body));
  });
  return listen(server, options.port);
}

/** @returns undefined where no door is to be invoked */
async function invoked(
  asked: string,
  sent: string,
  doors: LambdaApiOptions['doors'],
): Promise<[status: number, body: unknown] | undefined> {
  const [, source] = INVOCATION.exec(asked) ?? [];
  const answer = source === undefined ? undefined : doors?.invoke(source, jsonOrUndefined(sent));
  return answer === undefined ? undefined : [200, jsonOrUndefined(await answer)];
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
