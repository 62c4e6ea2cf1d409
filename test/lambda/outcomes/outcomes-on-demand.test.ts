import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Outcome } from '../../../lambda/outcomes/outcome.ts';
import { OUTCOME_KINDS } from '../../../lambda/outcomes/outcome-kinds.ts';
import { outcomesOnDemand } from '../../../lambda/outcomes/outcomes-on-demand.ts';
import type { LostOutcomes } from '../../../lambda/outcomes/tell-outcomes.ts';
import type { SettledContext } from '../../../lambda/settlement/after-verdicts.ts';
import { LOCAL_BUS_ARN, type LocalBus, startEventBus } from '../../../local/aws/event-bus.ts';
import { LOCAL_CREDENTIALS, startQueues } from '../../../local/aws/queues.ts';
import { bodyOf, serve } from '../../helpers/http-server.ts';
import { guid } from '../../helpers/records.ts';
import { settlementOf } from '../../helpers/settlements.ts';

const NOW = Date.parse('2026-11-27T13:00:00.250Z');
const CONTEXT: SettledContext = { requestId: 'request', now: NOW, remainingMilliseconds: 60_000 };

/** Records of so many events, each of an image of its own. */
function recordsOf(count: number) {
  return Array.from({ length: count }, (_, n) =>
    settlementOf({ kind: 'applied' }, { body: { guid: guid(n), title: 'A', id: `event-${n}` } }),
  );
}

/** Tells a target, and says what was lost. */
function teller(outcomesTarget: string | undefined) {
  const lost: LostOutcomes[] = [];
  const settings = { outcomesTarget, outcomes: OUTCOME_KINDS };
  const tell = outcomesOnDemand(settings, 'image-updates', (reasons) => lost.push(reasons));
  return { tell, lost };
}

describe('a bus', () => {
  let bus: LocalBus;
  beforeEach(async () => {
    bus = await startEventBus();
    Object.assign(process.env, LOCAL_CREDENTIALS, { AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url });
  });
  afterEach(async () => {
    delete process.env.AWS_ENDPOINT_URL_EVENTBRIDGE;
    await bus.close();
  });

  test.each([LOCAL_BUS_ARN, 'default'])('hears each outcome as an event: %s', async (target) => {
    const { tell, lost } = teller(target);
    await tell(recordsOf(11), CONTEXT);
    expect(bus.events).toHaveLength(11);
    for (const { source, detail, time, ...event } of bus.events) {
      const outcome = Outcome.parse(detail);
      expect(event['detail-type']).toBe(outcome.type);
      expect([source, time]).toEqual(['finerworks-image-updates', '2026-11-27T13:00:00Z']);
      expect(outcome.source).toBe('/finerworks-image-updates/image-updates');
    }
    expect(lost).toEqual([]);
  });

  test('is not asked where nothing is to be told', async () => {
    let requests = 0;
    bus.intercept = async () => {
      requests += 1;
      return undefined;
    };
    const { tell, lost } = teller(LOCAL_BUS_ARN);
    const back = { kind: 'retry', reason: 'Timeout', detail: 'no answer' } as const;
    await tell([settlementOf(back)], CONTEXT);
    const nobody = teller(undefined);
    await nobody.tell(recordsOf(1), CONTEXT);
    expect([requests, lost, nobody.lost]).toEqual([0, [], []]);
  });

  test('loses what it refuses twice, which is counted by reason', async () => {
    const codes = ['ThrottlingException', undefined, 'InternalFailure', 'ThrottlingException'];
    bus.intercept = async (entries) => ({
      refuse: (position) =>
        codes[Number(/"event-(\d)"/.exec(entries[position]?.Detail ?? '')?.[1])],
    });
    const { tell, lost } = teller(LOCAL_BUS_ARN);
    await tell(recordsOf(4), CONTEXT);
    expect(lost).toEqual([{ ThrottlingException: 2, InternalFailure: 1 }]);
    expect(bus.events).toHaveLength(1);
  });

  test('is asked once more where it fails, and no third time', async () => {
    let requests = 0;
    bus.intercept = async () => {
      requests += 1;
      return { status: 500 };
    };
    const { tell, lost } = teller(LOCAL_BUS_ARN);
    await tell(recordsOf(2), CONTEXT);
    expect(lost).toEqual([{ InternalException: 2 }]);
    expect(requests).toBe(2);
  });

  test('that hangs is not waited for longer than half of what is left of the invocation', async () => {
    bus.intercept = () => new Promise(() => {});
    const { tell, lost } = teller(LOCAL_BUS_ARN);
    await tell(recordsOf(2), { ...CONTEXT, remainingMilliseconds: 100 });
    expect(lost.flatMap((reasons) => Object.values(reasons))).toEqual([2]);
  });
});

describe('a topic', () => {
  test('publishes each outcome as a message, and what it does not take is lost', async () => {
    const queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 5, port: 0 });
    Object.assign(process.env, LOCAL_CREDENTIALS, { AWS_ENDPOINT_URL_SNS: queues.url });
    const topics = new SNSClient();
    const { TopicArn = '' } = await topics.send(new CreateTopicCommand({ Name: 'outcomes' }));
    const subscription = { TopicArn, Protocol: 'sqs', Endpoint: queues.queueArn };
    const Attributes = { RawMessageDelivery: 'true' };
    await topics.send(new SubscribeCommand({ ...subscription, Attributes }));

    const { tell, lost } = teller(TopicArn);
    await tell(recordsOf(3), CONTEXT);
    const { queueUrl: QueueUrl } = queues;
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await queues.client.send(receive);
    const told = Messages.map(({ Body = '' }) => Outcome.parse(JSON.parse(Body)));
    expect(told.map(({ data }) => data.event.id).toSorted()).toEqual(
      [0, 1, 2].map((n) => `event-${n}`),
    );
    expect(lost).toEqual([]);

    const nowhere = teller(`${TopicArn}-not-there`);
    await nowhere.tell(recordsOf(2), CONTEXT);
    expect(nowhere.lost).toEqual([{ NotFoundException: 2 }]);
    topics.destroy();
    delete process.env.AWS_ENDPOINT_URL_SNS;
    await queues.close();
  });

  test('loses the messages that it names as failed, or does not name at all', async () => {
    await using server = await serve(async (request, response) => {
      await bodyOf(request);
      response.end(`<PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult>
        <Successful><member><Id>0</Id><MessageId>m</MessageId></member></Successful>
        <Failed><member><Id>1</Id><Code>InternalError</Code><SenderFault>false</SenderFault></member></Failed>
      </PublishBatchResult></PublishBatchResponse>`);
    });
    Object.assign(process.env, LOCAL_CREDENTIALS, { AWS_ENDPOINT_URL_SNS: server.url });
    const { tell, lost } = teller('arn:aws:sns:us-east-1:000000000000:outcomes');
    await tell(recordsOf(3), CONTEXT);
    delete process.env.AWS_ENDPOINT_URL_SNS;
    // Sent again, the two are named by their new positions: the first of them is taken.
    expect(lost).toEqual([{ InternalError: 1 }]);
  });
});
