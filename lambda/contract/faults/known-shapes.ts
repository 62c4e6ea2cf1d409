/** A message that other systems send, known by its keys. */
interface KnownShape {
  /** All of these are there: `Records/0/s3` is a key below others, `Event=a` a text that it holds. */
  readonly keys: readonly string[];
  readonly is: string;
  readonly todo: string;
}

const NO_GUID = 'it has no guid of FinerWorks; let a program of yours send the event of its image';
const EVENT_ITSELF = 'send the event itself';

/** The first that fits is named, so narrower shapes come before wider ones. */
export const KNOWN_SHAPES: readonly KnownShape[] = [
  // AWS: what services put on a queue.
  {
    keys: ['Event=s3:TestEvent', 'Bucket'],
    is: 'the test event of S3, sent once when a bucket is told to notify this queue',
    todo: 'discard it, and let the bucket notify a program that sends events',
  },
  {
    keys: ['Records/0/s3'],
    is: 'a notification of S3 about a file',
    todo: NO_GUID,
  },
  { keys: ['bucket/name', 'object/key'], is: 'an event of S3 about a file', todo: NO_GUID },
  {
    keys: ['eventSource=aws:sqs', 'body'],
    is: 'a whole record of SQS, as EventBridge Pipes hands it on',
    todo: "set the pipe's input template to <$.body>",
  },
  {
    keys: ['eventSource=aws:dynamodb', 'dynamodb'],
    is: 'a whole record of a DynamoDB stream, as EventBridge Pipes hands it on',
    todo: 'set the pipe\'s input template to {"guid": "<$.dynamodb.NewImage.guid.S>", "title": "<$.dynamodb.NewImage.title.S>"}, with the names of your attributes',
  },
  {
    keys: ['eventSource=aws:kinesis', 'data'],
    is: 'a whole record of Kinesis, as EventBridge Pipes hands it on',
    todo: "set the pipe's input template to <$.data>",
  },
  {
    keys: ['requestContext', 'requestPayload'],
    is: 'a record of a Lambda destination',
    todo: 'send responsePayload alone: from the function itself, or through EventBridge with the input path $.detail.responsePayload',
  },
  {
    keys: ['Records/0/Sns'],
    is: 'what SNS invokes a function with',
    todo: 'send Records[].Sns.Message alone, or subscribe the queue to the topic',
  },
  {
    keys: ['Records/0/body'],
    is: 'what SQS invokes a function with',
    todo: 'send each Records[].body alone',
  },
  {
    keys: ['topicArn', 'message'],
    is: 'a notification of SNS with its keys in another case',
    todo: 'hand it on as SNS wrote it (Type, MessageId, TopicArn, Message, Timestamp), or send the message alone',
  },
  {
    keys: ['AlarmName', 'NewStateValue'],
    is: 'an alarm of CloudWatch',
    todo: 'send it to another topic or queue',
  },
  { keys: ['httpMethod', 'body'], is: 'a request to API Gateway', todo: 'send its body alone' },
  {
    keys: ['requestContext/http', 'rawPath'],
    is: 'a request to API Gateway or a function URL',
    todo: 'send its body alone',
  },
  {
    keys: ['detailType', 'detail'],
    is: 'an event of EventBridge whose key detail-type is written detailType',
    todo: 'hand it on as EventBridge wrote it, or send detail alone',
  },
  {
    keys: ['source', 'detail'],
    is: 'part of an event of EventBridge',
    todo: 'let the rule deliver the whole event, or only detail (input path $.detail)',
  },
  // AWS: requests and answers of its own interfaces.
  { keys: ['Entries/0/Detail'], is: 'a request of PutEvents', todo: 'send Detail alone' },
  { keys: ['0/Detail', '0/DetailType'], is: 'entries of PutEvents', todo: 'send Detail alone' },
  {
    keys: ['Entries/0/MessageBody'],
    is: 'a request of SendMessageBatch',
    todo: 'send each MessageBody alone',
  },
  {
    keys: ['0/MessageBody'],
    is: 'entries of SendMessageBatch',
    todo: 'send each MessageBody alone; the AWS command line takes this as --entries',
  },
  { keys: ['MessageBody'], is: 'a request of SendMessage', todo: 'send MessageBody alone' },
  {
    keys: ['Messages/0/Body'],
    is: 'an answer of ReceiveMessage',
    todo: 'send each Messages[].Body alone',
  },
  { keys: ['MessageId', 'Body'], is: 'a message of ReceiveMessage', todo: 'send its Body alone' },
  {
    keys: ['S3Payload/Key'],
    is: 'a pointer of sns-sqs-big-payload to S3',
    todo: `${EVENT_ITSELF}; SQS takes messages up to 1 MiB`,
  },
  {
    keys: ['1/s3BucketName', '1/s3Key'],
    is: 'a pointer of the SQS Extended Client to S3',
    todo: `${EVENT_ITSELF}, without that client; SQS takes messages up to 1 MiB`,
  },
  // Our own dead letters.
  {
    keys: ['body', 'failure'],
    is: 'a line of dlq export',
    todo: 'send its body alone; dlq redrive sends dead letters again by itself',
  },
  {
    keys: ['body', 'messageAttributes', 'reason', 'sentAt'],
    is: 'a line of dlq export',
    todo: 'send its body alone; dlq redrive sends dead letters again by itself',
  },
  // FinerWorks.
  {
    keys: ['images', 'status/success'],
    is: 'an answer of list_images',
    todo: 'send {"images": […]} with guid, title and description of those that change',
  },
  {
    keys: ['images/0/public_preview_uri'],
    is: 'an answer of list_images',
    todo: 'send {"images": […]} with guid, title and description of those that change',
  },
  {
    keys: ['data/images', 'data/status'],
    is: 'an answer of list_images',
    todo: 'send {"images": […]} with guid, title and description of those that change',
  },
  {
    keys: ['guids'],
    is: 'a list of guids',
    todo: 'write an image for each, {"images": [{"guid": …, "title": …}]}',
  },
  // Frameworks that put jobs and messages of their own on queues.
  {
    keys: ['job', 'displayName'],
    is: "a job of Laravel's queue",
    todo: "push the JSON itself: Queue::connection('sqs')->pushRaw($json)",
  },
  { keys: ['job', 'data'], is: "a job of Laravel's queue", todo: 'push the JSON with pushRaw' },
  {
    keys: ['job_class', 'arguments'],
    is: 'a job of ActiveJob',
    todo: 'send the JSON itself: Aws::SQS::Client#send_message',
  },
  {
    keys: ['jid', 'class', 'args'],
    is: 'a job of Sidekiq or Shoryuken',
    todo: 'send the JSON itself: Aws::SQS::Client#send_message',
  },
  {
    keys: ['body', 'properties', 'content-type'],
    is: 'a message of Celery (kombu)',
    todo: 'send the JSON itself: send_message of boto3, not a task',
  },
  {
    keys: ['task', 'args', 'kwargs'],
    is: 'a task of Celery or PyQS',
    todo: 'send the JSON itself: send_message of boto3, not a task',
  },
  {
    keys: ['2/callbacks', '2/errbacks'],
    is: 'the body of a task of Celery',
    todo: 'send the JSON itself: send_message of boto3, not a task',
  },
  {
    keys: ['actor_name', 'args', 'kwargs'],
    is: 'a message of Dramatiq',
    todo: 'send the JSON itself: send_message of boto3',
  },
  {
    keys: ['messageType', 'message'],
    is: 'a message of MassTransit in its envelope',
    todo: 'send raw JSON: UseRawJsonSerializer() in the configuration of the bus',
  },
  {
    keys: ['Headers', 'Body'],
    is: 'a message of NServiceBus in its envelope',
    todo: 'set DoNotWrapOutgoingMessages of SqsTransport to true, or send with the SDK of AWS',
  },
  {
    keys: ['headers', 'body'],
    is: 'a message in the envelope of a message bus (Rebus, say)',
    todo: 'send its body alone, with the SDK of AWS',
  },
  // Streams of changes in databases.
  ...['payload/', ''].map((at) => ({
    keys: [`${at}op`, `${at}after`],
    is: 'a change of a row by Debezium',
    todo: 'unwrap it (the transform ExtractNewRecordState, schemas.enable=false) and name its fields guid, title and description',
  })),
  {
    keys: ['schema', 'payload'],
    is: 'a record of Kafka Connect with its schema',
    todo: 'set value.converter.schemas.enable=false',
  },
  {
    keys: ['data', 'metadata/record-type'],
    is: 'a change of a row by AWS DMS',
    todo: NO_GUID,
  },
  { keys: ['operationType', 'documentKey'], is: 'a change in MongoDB', todo: NO_GUID },
  // Shops and libraries of media, whose webhooks end on a queue.
  {
    keys: ['payload', 'metadata/X-Shopify-Topic'],
    is: 'a webhook of Shopify through EventBridge',
    todo: NO_GUID,
  },
  { keys: ['admin_graphql_api_id'], is: 'a webhook of Shopify', todo: NO_GUID },
  { keys: ['body_html'], is: 'a product of Shopify', todo: NO_GUID },
  { keys: ['permalink', 'slug'], is: 'a webhook of WooCommerce', todo: NO_GUID },
  { keys: ['scope', 'producer', 'store_id'], is: 'a webhook of BigCommerce', todo: NO_GUID },
  { keys: ['sys/type', 'fields'], is: 'an entry or asset of Contentful', todo: NO_GUID },
  { keys: ['notification_type'], is: 'a notification of Cloudinary', todo: NO_GUID },
  { keys: ['event', 'model', 'entry'], is: 'a webhook of Strapi', todo: NO_GUID },
];
