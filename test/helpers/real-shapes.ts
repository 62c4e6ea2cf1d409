import { gzipSync } from 'node:zlib';
import type { Rejection } from '../../lambda/verdicts/reasons.ts';
import { guid } from './records.ts';

/** What other systems put on queues, and what a producer has to read of it. */
export interface RealShape {
  readonly what: string;
  /** A text is the body as it is; anything else is written as JSON. */
  readonly body: unknown;
  readonly reason: Rejection;
  /** Parts of the detail. */
  readonly says: readonly string[];
}

const event = { guid: guid(1), title: 'Old pier at low tide' };
const json = JSON.stringify;
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const cloudEvent = { specversion: '1.0', id: '1', source: '/dam', type: 't' };
const notification = {
  Type: 'Notification',
  MessageId: 'm',
  TopicArn: 'arn:aws:sns:eu-west-2:111122223333:pictures',
  Timestamp: '2026-11-23T10:00:00.000Z',
};
const url = (host: string) => `https://${host}/?Action=ConfirmSubscription&Token=secret-token`;
const confirmation = (Type: string, host = 'sns.eu-west-2.amazonaws.com') => ({
  ...notification,
  Type,
  Token: 'secret-token',
  Message: 'You have chosen to …',
  SubscribeURL: url(host),
});
const pointer = (name: string) => [name, { s3BucketName: 'large', s3Key: 'a1' }];
const POINTER = ['a pointer of the SQS Extended Client to S3', 'up to 1 MiB'];
const picture = {
  guid: guid(2),
  title: 'A',
  description: null,
  public_preview_uri: 'https://example.com/p',
  pix_w: 200,
};
const untold = { ...picture, guid: guid(3), title: null };

type Row = readonly [what: string, body: unknown, ...says: string[]];
const rows = (reason: Rejection, ...given: Row[]): RealShape[] =>
  given.map(([what, body, ...says]) => ({ what, body, reason, says }));

const KOMBU = {
  body: base64(json([[event], {}, { callbacks: null, errbacks: null }])),
  'content-encoding': 'utf-8',
  'content-type': 'application/json',
  headers: { task: 'shop.push' },
  properties: { body_encoding: 'base64' },
};

export const REAL_SHAPES: readonly RealShape[] = [
  ...rows(
    'NotJson',
    ['JSON in base64', base64(json(event)), 'JSON in base64', 'send the JSON itself'],
    ['JSON in base64url', Buffer.from(json(event)).toString('base64url'), 'JSON in base64'],
    ['base64 in lines', base64(json(event)).replace(/.{40}/g, '$&\n'), 'JSON in base64'],
    ['gzip in base64', base64(gzipSync(json(event))), 'gzip in base64', 'neither compressed'],
    ['a task of Celery in base64', base64(json(KOMBU)), 'JSON in base64', 'Celery'],
    ['URL-encoded JSON', encodeURIComponent(json(event)), 'URL-encoded', 'send the JSON itself'],
    [
      'the form of API Gateway',
      `Action=SendMessage&MessageBody=${json(event)}`,
      'API Gateway',
      '$util.urlEncode($input.body)',
    ],
    ['a form', 'guid=1&title=A', 'fields of a form, URL-encoded'],
    ['the ping of WooCommerce', 'webhook_id=8', 'the ping that WooCommerce sends'],
    ['a JavaScript object as a text', '[object Object]', 'JSON.stringify'],
    ['JSON with backslashes', '{\\"guid\\": \\"a\\"}', 'a backslash before each quotation mark'],
    ['what Python prints', "{'guid': 'a'}", 'json.dumps'],
    ['what Ruby prints', '{:guid=>"a"}', 'to_json'],
    ['what Java prints', '{guid=a, title=b}', 'JSON library'],
    ['what PHP serialises', 'a:1:{s:4:"guid";s:1:"a";}', 'json_encode'],
    ['XML', '<image guid="a"/>', 'XML'],
    ['events, one a line', `${json(event)}\n${json(event)}`, 'several events, one a line'],
  ),
  ...rows(
    'NotAnObject',
    ['JSON in a JSON text', json(json(event)), 'encoded twice', 'send the JSON itself'],
    [
      'JSON in a JSON text inside SNS',
      { ...notification, Message: json(json(event)) },
      'Message: ',
      'encoded twice',
    ],
    ['base64 in a JSON text', json(base64(json(event))), 'JSON in base64'],
    ['a new pointer', pointer('software.amazon.payloadoffloading.PayloadS3Pointer'), ...POINTER],
    ['an old pointer', pointer('com.amazon.sqs.javamessaging.MessageS3Pointer'), ...POINTER],
    [
      'a pointer inside SNS',
      {
        ...notification,
        Message: json(pointer('software.amazon.payloadoffloading.PayloadS3Pointer')),
      },
      'Message: ',
      ...POINTER,
    ],
    ['entries of a batch', [{ Id: '1', MessageBody: json(event) }], 'SendMessageBatch'],
    ['entries of PutEvents', [{ Detail: json(event), DetailType: 't' }], 'send Detail alone'],
    ['a list of events', [event, event], 'a list of events: send each in a message of its own'],
    ['the body of a task', [[event], {}, { callbacks: null, errbacks: null }], 'Celery'],
  ),
  ...rows(
    'InvalidEnvelope',
    [
      'SNS asks to confirm',
      confirmation('SubscriptionConfirmation'),
      'a SubscriptionConfirmation',
      'the topic "pictures"',
      'aws sns confirm-subscription',
      'leads to sns.eu-west-2.amazonaws.com',
    ],
    [
      'SNS says that it ended',
      confirmation('UnsubscribeConfirmation'),
      'an UnsubscribeConfirmation',
      'has ended',
      'aws sns confirm-subscription',
    ],
    ...['sns.example.com', 'sns.eu-west-2.amazonaws.com.example.com'].map(
      (host): Row => [
        `somebody asks to confirm at ${host}`,
        confirmation('SubscriptionConfirmation', host),
        'do not open its SubscribeURL',
      ],
    ),
    [
      'data_base64',
      { ...cloudEvent, data_base64: base64(json(event)) },
      'data: missing',
      'data_base64 is for binary data: send the event in data',
    ],
    ['a CloudEvent without data', cloudEvent, 'data: missing'],
    ['a flat CloudEvent', { ...cloudEvent, ...event }, 'put them into data'],
    [
      'a version that is a number',
      { ...cloudEvent, specversion: 1, data: event },
      'specversion is written as a text, "1.0"',
    ],
  ),
  ...rows(
    'InvalidEvent',
    ['nothing', {}, 'neither images nor guid', 'an empty object'],
    ['a key with a BOM', { '\uFEFFguid': 'a' }, '"\\ufeffguid": written guid'],
    ['a key with a space', { 'guid ': 'a', title: 'b' }, '"guid ": written guid'],
    [
      'more keys than anybody reads',
      Object.fromEntries(Array.from({ length: 1_012 }, (_, n) => [`key-${n}`, n])),
      '"key-9" and 1,002 more',
    ],
    ['a list of guids', { guids: [guid(1)], title: 'a' }, 'write an image for each'],
    ['an image in image', { image: event }, 'an event stands in "image": send that alone'],
    ['an event in data', { data: event }, 'an event stands in "data"'],
    ['an event in payload', { type: 't', payload: event }, 'an event stands in "payload"'],
    ['an event as a text', { message: json(event) }, 'an event stands in "message"'],
    ['a list in data', { data: [event] }, 'events stand in "data": send each'],
    ['a list in events', { events: [event, event] }, 'events stand in "events": send each'],
    [
      'the test event of S3',
      { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'media', RequestId: 'r' },
      'its keys are "Service", "Event", "Bucket", "RequestId"',
      'the test event of S3',
      'discard it',
    ],
    ['S3', { Records: [{ eventSource: 'aws:s3', s3: { bucket: {} } }] }, 'a notification of S3'],
    [
      'S3 through EventBridge',
      {
        'detail-type': 'Object Created',
        id: '1',
        source: 'aws.s3',
        time: '2026-11-23T10:00:00Z',
        detail: { version: '0', bucket: { name: 'media' }, object: { key: 'a.tif' } },
      },
      'detail: neither',
      'an event of S3 about a file',
    ],
    [
      'a record of SQS by Pipes',
      { messageId: 'm', body: json(event), eventSource: 'aws:sqs', awsRegion: 'eu-west-2' },
      'EventBridge Pipes',
      "set the pipe's input template to <$.body>",
    ],
    [
      'a record of DynamoDB by Pipes',
      { eventName: 'MODIFY', eventSource: 'aws:dynamodb', dynamodb: { NewImage: {} } },
      '<$.dynamodb.NewImage.guid.S>',
    ],
    [
      'a record of Kinesis by Pipes',
      { eventSource: 'aws:kinesis', data: base64(json(event)), partitionKey: 'p' },
      '<$.data>',
    ],
    [
      'a Lambda destination',
      { version: '1.0', requestContext: {}, requestPayload: {}, responsePayload: event },
      'a record of a Lambda destination: send responsePayload alone',
    ],
    ['what SNS invokes with', { Records: [{ Sns: notification }] }, 'Records[].Sns.Message'],
    ['what SQS invokes with', { Records: [{ body: json(event) }] }, 'send each Records[].body'],
    [
      'SNS in lower case',
      { type: 'Notification', topicArn: 'arn:t', message: json(event) },
      'a notification of SNS with its keys in another case',
    ],
    ['an alarm', { AlarmName: 'a', NewStateValue: 'ALARM' }, 'an alarm of CloudWatch'],
    [
      'a request to API Gateway',
      { httpMethod: 'POST', headers: {}, body: json(event) },
      'a request to API Gateway: send its body alone',
    ],
    [
      'a request to a function URL',
      { rawPath: '/', requestContext: { http: {} }, body: json(event) },
      'send its body alone',
    ],
    [
      'EventBridge in camel case',
      { id: '1', detailType: 't', source: 's', detail: event },
      'whose key detail-type is written detailType',
    ],
    ['part of EventBridge', { source: 's', detail: event }, 'input path $.detail'],
    ['PutEvents', { Entries: [{ Source: 's', Detail: json(event) }] }, 'send Detail alone'],
    ['SendMessageBatch', { Entries: [{ MessageBody: json(event) }] }, 'send each MessageBody'],
    ['SendMessage', { QueueUrl: 'q', MessageBody: json(event) }, 'send MessageBody alone'],
    ['receive-message', { Messages: [{ Body: json(event) }] }, 'send each Messages[].Body alone'],
    [
      'a received message inside CloudEvents',
      { ...cloudEvent, data: { MessageId: 'm', Body: json(event), ReceiptHandle: 'r' } },
      'data: neither images nor guid',
      'send its Body alone',
    ],
    ['sns-sqs-big-payload', { S3Payload: { Bucket: 'b', Key: 'k' } }, 'sns-sqs-big-payload'],
    [
      'our dlq export',
      { messageId: 'm', sentAt: 's', reason: 'NotJson', body: '{', messageAttributes: {} },
      'a line of dlq export',
      'dlq redrive',
    ],
    ['our dlq export, told', { body: json(event), failure: {} }, 'a line of dlq export'],
    [
      'list_images with an image that has no texts',
      { status: { success: true }, images: [picture, untold], page_number: 1 },
      'images[1]: neither title nor description is supplied',
      'an answer of list_images',
    ],
    ['its images alone', { images: [picture, untold] }, 'an answer of list_images'],
    [
      'list_images in data',
      { statusCode: 200, status: true, data: { status: {}, images: [picture] } },
      'an answer of list_images',
    ],
    [
      'Laravel',
      { uuid: 'u', displayName: 'App\\Jobs\\Push', job: 'Call@call', data: {} },
      "a job of Laravel's queue",
      'pushRaw',
    ],
    ['older Laravel', { job: 'Push', data: {}, attempts: 1 }, "a job of Laravel's queue"],
    ['ActiveJob', { job_class: 'Push', job_id: 'j', arguments: [event] }, 'a job of ActiveJob'],
    ['Shoryuken', { class: 'Push', args: [event], jid: 'j' }, 'Shoryuken'],
    ['Celery', KOMBU, 'a message of Celery (kombu)'],
    ['PyQS', { id: 'i', task: 'push', args: [], kwargs: event }, 'a task of Celery or PyQS'],
    ['Dramatiq', { queue_name: 'q', actor_name: 'push', args: [], kwargs: {} }, 'Dramatiq'],
    [
      'MassTransit',
      { messageId: 'm', messageType: ['urn:message:Push'], message: event, headers: {} },
      'MassTransit',
      'UseRawJsonSerializer()',
    ],
    [
      'NServiceBus',
      { Headers: { 'NServiceBus.MessageId': '1' }, Body: base64(json(event)), S3BodyKey: null },
      'NServiceBus',
      'DoNotWrapOutgoingMessages',
    ],
    ['Rebus', { headers: {}, body: base64(json(event)) }, 'the envelope of a message bus'],
    ['Debezium', { before: null, after: event, op: 'u' }, 'Debezium', 'ExtractNewRecordState'],
    ['Debezium with schema', { schema: {}, payload: { after: event, op: 'c' } }, 'Debezium'],
    ['Kafka Connect', { schema: {}, payload: event }, 'schemas.enable=false'],
    ['DMS', { data: {}, metadata: { 'record-type': 'data' } }, 'AWS DMS'],
    ['MongoDB', { operationType: 'update', documentKey: {}, ns: {} }, 'a change in MongoDB'],
    [
      'Shopify through EventBridge',
      {
        'detail-type': 'shopifyWebhook',
        id: '1',
        source: 'aws.partner/shopify.com/1/x',
        time: '2026-11-23T10:00:00Z',
        detail: { payload: { title: 'A' }, metadata: { 'X-Shopify-Topic': 'products/update' } },
      },
      'detail: neither images nor guid',
      'Shopify',
      'it has no guid of FinerWorks',
    ],
    [
      'a product of Shopify with its images',
      { body_html: '', admin_graphql_api_id: 'gid://shopify/Product/1', images: [{ id: 1 }] },
      'images[0].guid: missing',
      'a webhook of Shopify',
    ],
    ['a product of Shopify', { title: 'A', body_html: '<p>' }, 'a product of Shopify'],
    ['WooCommerce', { id: 1, name: 'A', slug: 'a', permalink: 'https://…' }, 'WooCommerce'],
    ['BigCommerce', { scope: 's', store_id: '1', producer: 'p', data: {} }, 'BigCommerce'],
    ['Contentful', { sys: { type: 'Asset' }, fields: {} }, 'an entry or asset of Contentful'],
    ['Cloudinary', { notification_type: 'upload', public_id: 'p' }, 'Cloudinary'],
    ['Strapi', { event: 'entry.update', model: 'm', entry: {} }, 'Strapi'],
  ),
];
