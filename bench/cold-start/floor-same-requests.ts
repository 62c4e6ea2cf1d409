/**
 * The least that a function can be that makes the requests of this product with the clients that it has:
 * it checks, decides and logs nothing. Without `LEDGER_TABLE` it has no ledger and lists nothing, as this
 * product without ledger and with `remove`.
 */
import { text } from 'node:stream/consumers';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import secretsManager from '@middy/secrets-manager';
import type { Context, SQSEvent } from 'aws-lambda';
import { exchange } from '../../lambda/finerworks/connections.ts';

const { LEDGER_TABLE, TRAIL_TABLE, FINERWORKS_SECRET_ID = '', FINERWORKS_API_URL } = process.env;
const client = new DynamoDBClient();

/** What the middleware reads. */
interface KeysContext extends Context {
  readonly keys: Readonly<Record<string, string>>;
}

interface Image {
  readonly guid: string;
  readonly title: string;
}

let isListedAfter = true;

export const handler = middy<SQSEvent, unknown, Error, KeysContext>()
  .use(
    secretsManager({
      fetchData: { keys: FINERWORKS_SECRET_ID },
      disablePrefetch: true,
      setToContext: true,
    }),
  )
  .handler(async ({ Records }, { keys }) => {
    const images: Image[] = Records.map(({ body }) => JSON.parse(body));
    const guids = images.map(({ guid }) => guid);
    const isRemembered = LEDGER_TABLE !== undefined && LEDGER_TABLE !== '';
    const list = () =>
      post('POST', 'list_images', { library: { name: 'inventory' }, guid_filter: guids }, keys);
    if (isRemembered) {
      const Keys = guids.map((guid) => marshall({ guid }));
      const RequestItems = { [LEDGER_TABLE]: { Keys, ConsistentRead: true } };
      await client.send(new BatchGetItemCommand({ RequestItems }));
      await Promise.all([list(), putAll(images, 'lease')]);
    }
    await post('PUT', 'update_images', { images, account_key: null }, keys);
    if (isRemembered) await putAll(images, 'confirmed');
    // A sample of the calls is read back: the first one of each sandbox, and few of the others.
    if (isRemembered && isListedAfter) await list();
    isListedAfter = false;
    const [{ messageId: place = '' } = {}] = Records;
    const trail = marshall({ hour: 'this one', place, packed: JSON.stringify(images) });
    await put({ TableName: TRAIL_TABLE, Item: trail });
    return { batchItemFailures: [] };
  });

function putAll(images: readonly Image[], state: string) {
  return Promise.all(
    images.map(({ guid, title }) =>
      put({
        TableName: LEDGER_TABLE,
        Item: marshall({ guid, title, state, token: state, time: Date.now() }),
        ConditionExpression: 'attribute_not_exists(guid) OR #token <> :none',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: marshall({ ':none': 'none' }),
      }),
    ),
  );
}

function put(input: PutItemCommandInput) {
  return client.send(new PutItemCommand(input));
}

async function post(method: string, path: string, body: object, keys: KeysContext['keys']) {
  const headers = { 'content-type': 'application/json', ...keys };
  const url = `${FINERWORKS_API_URL}/v3/${path}`;
  await text(await exchange(url, { method, headers }, JSON.stringify(body)));
}
