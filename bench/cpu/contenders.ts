import type { SQSEvent } from 'aws-lambda';
import { middyHandler } from '../peers/middy.ts';
import { powertoolsHandler } from '../peers/powertools.ts';
import { bodyOf, type HandleEvent, type PeerEvent } from '../peers/update-images.ts';
import { runProduct } from './product.ts';

const IMAGES_PER_CALL = 50;

/**
 * Does all that one invocation does without the network.
 *
 * @returns the bodies of the requests that would be sent to FinerWorks
 */
export type RunBatch = (event: SQSEvent) => Promise<readonly string[]>;

/** What is compared, by the names that the documents use. */
export const CPU_CONTENDERS: Readonly<Record<string, RunBatch>> = {
  'this product': runProduct,
  'floor: `JSON.parse`, `JSON.stringify`': runFloor,
  Powertools: (event) => collected((handleEvent) => powertoolsHandler(handleEvent)(event)),
  middy: (event) => collected((handleEvent) => middyHandler(handleEvent)(event, CONTEXT)),
};

export const [PRODUCT = '', FLOOR = '', POWERTOOLS = ''] = Object.keys(CPU_CONTENDERS);

/** A context as Lambda hands it over: middy wants one. */
const CONTEXT = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'bench',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
  memoryLimitInMB: '512',
  logGroupName: 'bench',
  logStreamName: 'bench',
  getRemainingTimeInMillis: () => 120_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

/** The least that any program must do: read each body, and write bodies of 50. Checks nothing. */
async function runFloor({ Records }: SQSEvent): Promise<string[]> {
  const events: PeerEvent[] = Records.map(({ body }) => JSON.parse(body));
  const bodies: string[] = [];
  for (let at = 0; at < events.length; at += IMAGES_PER_CALL) {
    bodies.push(bodyOf(events.slice(at, at + IMAGES_PER_CALL)));
  }
  return bodies;
}

/** One record, one request. */
async function collected(run: (handleEvent: HandleEvent) => Promise<unknown>): Promise<string[]> {
  const bodies: string[] = [];
  await run(async (image) => {
    bodies.push(bodyOf([image]));
  });
  return bodies;
}
