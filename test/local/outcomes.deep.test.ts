import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { Outcome } from '../../lambda/outcomes/outcome.ts';
import type { LocalSystemOptions } from '../../local/system.ts';
import { process as deliver, startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const EVENTS = [
  { guid: guid(1), title: 'A', id: 'event-1' },
  { guid: guid(9), title: 'A', id: 'event-9' },
];

/** A system that tells outcomes, and the lines that its function writes. */
async function startTelling(options: Partial<LocalSystemOptions> = {}) {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const system = await startTestSystem({ onOutcome: () => {}, ...options, onLine });
  system.standIn.images.add([guid(1)]);
  return { system, lines };
}

/** How many outcomes were lost, by each line of metrics that says it. */
function lostIn(lines: readonly string[]): unknown[] {
  return lines.flatMap((line) => Object(jsonOrUndefined(line)).OutcomesLost ?? []);
}

test('what a bus does not take is sent once more, and arrives once', async () => {
  const { system, lines } = await startTelling();
  await using _system = system;
  let requests = 0;
  system.bus.intercept = async () => {
    requests += 1;
    return requests === 1
      ? { refuse: (position) => (position === 0 ? 'ThrottlingException' : undefined) }
      : undefined;
  };
  await deliver(system, EVENTS);
  expect(requests).toBe(2);
  const ids = system.bus.events.map(({ detail }) => Outcome.parse(detail).data.event.id);
  expect(ids.toSorted()).toEqual(['event-1', 'event-9']);
  await until(() => lines.some((line) => line.includes('"Records"')));
  expect(lostIn(lines)).toEqual([]);
});

describe('verdicts are the same, nothing comes back, and what is lost is counted and logged', () => {
  test.each([
    ['refuses', 'InternalFailure', async () => ({ refuse: () => 'InternalFailure' })],
    ['fails', 'InternalException', async () => ({ status: 500 })],
    ['hangs', /Timeout|Abort/, () => new Promise<undefined>(() => {})],
  ])('where a bus %s', async (_how, reason, intercept) => {
    const { system, lines } = await startTelling();
    await using _system = system;
    system.bus.intercept = intercept;
    await deliver(system, EVENTS);
    expect(await system.queues.deadLetters()).toHaveLength(1);
    expect(system.standIn.images.get(guid(1))?.title).toBe('A');
    await until(() => lostIn(lines).length > 0);
    expect(lostIn(lines)).toEqual([2]);
    const said = lines.find((line) => line.includes('Outcomes are not told'));
    expect(said).toMatch(reason);
    expect(system.tally.returns).toBe(0);
    expect(system.bus.events).toEqual([]);
  });

  test('where nothing listens', async () => {
    const outcomesTarget = 'arn:aws:sns:us-east-1:000000000000:no-such-topic';
    const { system, lines } = await startTelling({ functionSettings: { outcomesTarget } });
    await using _system = system;
    await deliver(system, EVENTS);
    await until(() => lostIn(lines).length > 0);
    expect(lostIn(lines)).toEqual([2]);
    expect(system.tally.returns).toBe(0);
  });
});

test('where nobody is to be told, nothing is sent and no variable is set', async () => {
  const { system, lines } = await startTelling({ onOutcome: undefined });
  await using _system = system;
  let requests = 0;
  system.bus.intercept = async () => {
    requests += 1;
    return undefined;
  };
  await deliver(system, EVENTS);
  expect(Object.keys(system.functionEnvironment).join()).not.toContain('OUTCOMES');
  expect([requests, lostIn(lines)]).toEqual([0, []]);
});

test('only the kinds that the setting names are told', async () => {
  const { system } = await startTelling({ functionSettings: { outcomes: 'dead-lettered' } });
  await using _system = system;
  await deliver(system, EVENTS);
  expect(system.bus.events.map((event) => event['detail-type'])).toEqual([
    'finerworks-image-updates.dead-lettered',
  ]);
});

test('a full batch is told in fifty requests, some at once', async () => {
  const { system, lines } = await startTelling({ visibilityTimeoutSeconds: 300 });
  await using _system = system;
  const guids = Array.from({ length: 500 }, (_, n) => guid(n));
  system.standIn.images.add(guids);
  let [underWay, most] = [0, 0];
  system.bus.intercept = async (entries) => {
    expect(entries.length).toBeLessThanOrEqual(10);
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 5));
    underWay -= 1;
    return undefined;
  };
  await deliver(
    system,
    guids.map((one) => ({ guid: one, title: 'A', id: `event-${one}` })),
  );
  expect(lostIn(lines)).toEqual([]);
  const told = system.bus.events.map(({ detail }) => Outcome.parse(detail));
  const applied = told.filter(({ type }) => type.endsWith('.applied'));
  expect(applied.flatMap(({ data }) => data.guids).toSorted()).toEqual(guids);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(10 * 2);
});

test('a topic tells its subscribers the same CloudEvents', async () => {
  const outcomesTarget = 'arn:aws:sns:us-east-1:000000000000:outcomes';
  const { system, lines } = await startTelling({ functionSettings: { outcomesTarget } });
  await using _system = system;
  const { queues, environment } = system;
  Object.assign(process.env, environment);
  const topics = new SNSClient();
  await topics.send(new CreateTopicCommand({ Name: 'outcomes' }));
  const { QueueUrl } = await queues.client.send(new CreateQueueCommand({ QueueName: 'shop' }));
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:shop';
  await topics.send(new SubscribeCommand({ TopicArn: outcomesTarget, Protocol: 'sqs', Endpoint }));
  await deliver(system, EVENTS);
  const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
  const { Messages = [] } = await queues.client.send(receive);
  const Envelope = z.object({ Message: z.string() });
  const told = Messages.map(({ Body = '' }) =>
    Outcome.parse(JSON.parse(Envelope.parse(JSON.parse(Body)).Message)),
  );
  expect(told.map(({ type, data }) => [data.event.id, type]).toSorted()).toEqual([
    ['event-1', 'finerworks-image-updates.applied'],
    ['event-9', 'finerworks-image-updates.dead-lettered'],
  ]);
  expect(lostIn(lines)).toEqual([]);
  topics.destroy();
});
