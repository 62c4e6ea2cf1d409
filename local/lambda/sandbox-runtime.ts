/**
 * The process that a function runs in: takes one invocation after another from its parent and
 * gives the handler what Lambda's runtime gives it. Run as `node sandbox-runtime.ts BUNDLE`.
 */
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { Invocation, type Result } from './invocation.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const Bundle = z.object({
  handler: z.custom<Handler>((value) => typeof value === 'function', 'exports no handler'),
});

const [, , path = ''] = process.argv;
const { handler } = Bundle.parse(await import(pathToFileURL(path).href));

process.on('message', async (message) => {
  const { requestId, event, deadline } = Invocation.parse(message);
  const context = {
    awsRequestId: requestId,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:local',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: 'local',
    logStreamName: String(process.pid),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  let result: Result;
  try {
    // Lambda writes what is returned as JSON; a function that returns nothing answers `null`.
    result = { requestId, answer: JSON.stringify((await handler(event, context)) ?? null) };
  } catch (error) {
    result = { requestId, error: String(error) };
  }
  process.send?.(result);
});

// The parent may die suddenly: then nothing else would end this process.
process.on('disconnect', () => process.exit());
process.send?.('ready');
