// @ts-nocheck
// Node. npm install @aws-sdk/client-sqs; QUEUE_URL=... node send.mjs
import { readFile } from 'node:fs/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const event = JSON.parse(await readFile(new URL('event.json', import.meta.url), 'utf8'));
const command = new SendMessageCommand({
  QueueUrl: process.env.QUEUE_URL,
  MessageBody: JSON.stringify(event),
});
const { MessageId } = await new SQSClient({}).send(command);
console.log(MessageId);
