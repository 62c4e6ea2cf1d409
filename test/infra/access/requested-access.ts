import * as z from 'zod';
import { jsonOrUndefined } from '../../../lambda/general/json-or-undefined.ts';
import { ACCOUNT, REGION } from '../cloud-emulator.ts';
import type { Access } from './policy.ts';

/** A request of the SDK, as far as it says what it asks for. */
export interface AwsRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What the bodies name. */
const Named = z.looseObject({
  QueueUrl: z.string().optional(),
  QueueName: z.string().optional(),
  TableName: z.string().optional(),
  SecretId: z.string().optional(),
  logGroupName: z.string().optional(),
  Key: z.looseObject({ guid: z.object({ S: z.string() }) }).optional(),
  RequestItems: z
    .record(
      z.string(),
      z.object({ Keys: z.array(z.object({ guid: z.object({ S: z.string() }) })) }),
    )
    .optional(),
});

/** Lambda's own names of what its paths mean (AWS: Lambda, API reference). */
const LAMBDA_PATHS = [
  ['GET', /^functions\/([^/]+)\/configuration$/, 'GetFunctionConfiguration'],
  ['GET', /^functions\/([^/]+)\/aliases\/[^/]+$/, 'GetAlias'],
  ['PUT', /^functions\/([^/]+)\/aliases\/[^/]+$/, 'UpdateAlias'],
  ['GET', /^functions\/([^/]+)\/versions$/, 'ListVersionsByFunction'],
  ['GET', /^event-source-mappings\/?$/, 'ListEventSourceMappings'],
  ['GET', /^event-source-mappings\/([^/]+)$/, 'GetEventSourceMapping'],
  ['PUT', /^event-source-mappings\/([^/]+)$/, 'UpdateEventSourceMapping'],
] as const;

/**
 * What a request asks IAM for.
 *
 * @throws {Error} for a request that no command made yet
 */
export function requestedAccess(request: AwsRequest): Access {
  const { headers, body } = request;
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(
    String(headers.authorization),
  )?.[1];
  if (service === 'lambda') return lambdaAccess(request);
  const operation = operationOf(request);
  const named = Named.parse(jsonOrUndefined(body) ?? {});
  const arn = (resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
  switch (service) {
    case 'sqs': {
      const name = named.QueueName ?? named.QueueUrl?.split('/').at(-1);
      // A batch takes the permission of its single action (AWS: SQS, API permissions).
      return access(`sqs:${operation.replace(/Batch$/, '')}`, arn(String(name)));
    }
    case 'dynamodb': {
      const [[table = named.TableName, items] = []] = Object.entries(named.RequestItems ?? {});
      const keys = items?.Keys ?? (named.Key ? [named.Key] : []);
      return access(`dynamodb:${operation}`, arn(`table/${table}`), {
        'dynamodb:LeadingKeys': keys.map(({ guid }) => guid.S),
      });
    }
    case 'secretsmanager':
      return access(`secretsmanager:${operation}`, arn(`secret:${named.SecretId}`));
    case 'cloudformation': {
      const stack = new URLSearchParams(body).get('StackName');
      return access(`cloudformation:${operation}`, arn(`stack/${stack}/5a7c`));
    }
    case 'sns':
      return access(`sns:${operation}`, String(new URLSearchParams(body).get('TopicArn')));
    case 'logs':
      return access(`logs:${operation}`, arn(`log-group:${named.logGroupName}:*`));
    case 'monitoring': {
      const resource = operation === 'DescribeAlarms' ? arn('alarm:*') : '*';
      return access(`cloudwatch:${operation}`, resource.replace(':monitoring:', ':cloudwatch:'));
    }
    default:
      throw new Error(`no command asked ${service} for anything yet: ${request.path}`);
  }
}

function operationOf({ path, headers, body }: AwsRequest): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? '';
  return /\/operation\/(\w+)$/.exec(path)?.[1] ?? new URLSearchParams(body).get('Action') ?? '';
}

function lambdaAccess({ method, path }: AwsRequest): Access {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const [, rest = ''] = /^\/2015-03-31\/(.*)$/.exec(pathname) ?? [];
  for (const [ofMethod, pattern, action] of LAMBDA_PATHS) {
    const found = method === ofMethod ? pattern.exec(rest) : null;
    if (found === null) continue;
    const qualifier = searchParams.get('Qualifier');
    const kind = rest.startsWith('functions/') ? 'function' : 'event-source-mapping';
    const id = [found[1], qualifier].filter((part) => part !== null).join(':');
    const resource =
      found[1] === undefined ? '*' : `arn:aws:lambda:${REGION}:${ACCOUNT}:${kind}:${id}`;
    return access(`lambda:${action}`, resource);
  }
  throw new Error(`no command asked Lambda for ${method} ${path} yet`);
}

function access(action: string, resource: string, context: Access['context'] = {}): Access {
  return { action, resource, context };
}
