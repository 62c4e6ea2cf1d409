import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { OUTCOME_CLIENT_SETTINGS, type SendBounded } from './outcome-client.ts';

/** Sends outcomes to a topic: a message is the CloudEvent, by whose fields subscriptions can filter. */
export function connectTopic(TopicArn: string): SendBounded {
  const client = new SNSClient(OUTCOME_CLIENT_SETTINGS);
  return async (outcomes, abortSignal) => {
    const command = new PublishBatchCommand({
      TopicArn,
      PublishBatchRequestEntries: outcomes.map((outcome, position) => ({
        Id: String(position),
        Message: JSON.stringify(outcome),
      })),
    });
    const { Successful = [], Failed = [] } = await client.send(command, { abortSignal });
    const taken = new Set(Successful.map(({ Id }) => Id));
    const codes = new Map(Failed.map(({ Id, Code }) => [Id, Code]));
    return new Map(
      outcomes.flatMap((_, position) => {
        const id = String(position);
        return taken.has(id) ? [] : [[position, codes.get(id) ?? 'NotConfirmed']];
      }),
    );
  };
}
