import { Command } from 'commander';
import { type AlarmState, alarmStates } from '../aws/alarms.ts';
import type { Clients } from '../aws/clients.ts';
import { findMapping } from '../aws/event-source-mapping.ts';
import { type LiveVersion, liveVersion, newerVersion } from '../aws/live-version.ts';
import { ageOfOldest, type HourOfMetrics, lastHour } from '../aws/metrics.ts';
import { type QueueAttributes, queueAttributes, queueNameOf } from '../aws/queue-attributes.ts';
import { hasService } from '../aws/reachable.ts';
import { openTarget } from '../aws/target.ts';
import { define } from '../definition.ts';
import { type Known, known } from '../known.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { table } from '../terminal/table.ts';
import { paint, type Terminal } from '../terminal/terminal.ts';

/** `status` */
export const STATUS = define({
  build: () =>
    addTargetOptions(
      new Command('status').description(
        'depths of the queues, the oldest message, the verdicts and reasons of the last hour, alarms, whether events are taken, and by which version',
      ),
    ),
  input: TargetOptions,
  examples: [
    ['status', 'of the default stack'],
    ['status --json | jq .queue.visible', 'one figure, for a program'],
  ],
  run: async (input, { terminal }) => {
    const { clients, deployment } = await openTarget(input, terminal);
    const queueUrl = await deployment.queueUrl();
    const queue = await queueAttributes(clients.sqs, queueUrl);
    const dlq = await queueAttributes(clients.sqs, await deployment.deadLetterQueueUrl());
    const hasMetrics = hasService('CLOUDWATCH', queueUrl, terminal);
    const hasLambda = hasService('LAMBDA', queueUrl, terminal);
    const state = await known(hasLambda, async () => {
      const functionName = await deployment.functionName();
      return (await findMapping(clients.lambda, queue.arn, functionName)).state;
    });
    const version = await known(hasLambda, async () => {
      const functionName = await deployment.functionName();
      return functionName === undefined ? undefined : liveVersion(clients.lambda, functionName);
    });
    const newer = await known(hasLambda, async () => {
      const functionName = await deployment.functionName();
      return functionName !== undefined && 'value' in version && version.value !== undefined
        ? newerVersion(clients.lambda, functionName, version.value)
        : undefined;
    });
    const undelivered: Record<string, QueueStatus> = {};
    for (const [source, url] of Object.entries(await deployment.undeliveredUrls())) {
      const attributes = await queueAttributes(clients.sqs, url);
      undelivered[source] = await queueStatus(attributes, hasMetrics, clients);
    }
    const status = {
      queue: await queueStatus(queue, hasMetrics, clients),
      deadLetterQueue: await queueStatus(dlq, hasMetrics, clients),
      undelivered,
      eventSourceMapping: state,
      liveVersion: version,
      newerVersion: newer,
      alarms: await known(hasMetrics, () => alarmStates(deployment, clients.cloudWatch)),
      lastHour: await known(hasMetrics, async () =>
        lastHour(clients.cloudWatch, await deployment.functionName(), Date.now()),
      ),
    };
    return { exitCode: 0, text: render(status, terminal), json: status };
  },
});

interface QueueStatus {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly oldestSeconds: Known<number | undefined>;
}

interface Status {
  readonly queue: QueueStatus;
  readonly deadLetterQueue: QueueStatus;
  /** By source. */
  readonly undelivered: Readonly<Record<string, QueueStatus>>;
  readonly eventSourceMapping: Known<string>;
  readonly liveVersion: Known<LiveVersion | undefined>;
  /** Undefined where the live one is the newest. */
  readonly newerVersion: Known<string | undefined>;
  /** Those that ring first; undefined where the queue alone is known. */
  readonly alarms: Known<readonly AlarmState[] | undefined>;
  readonly lastHour: Known<HourOfMetrics>;
}

async function queueStatus(
  { arn, visible, inFlight, delayed }: QueueAttributes,
  hasMetrics: boolean,
  { cloudWatch }: Clients,
): Promise<QueueStatus> {
  const age = () => ageOfOldest(cloudWatch, queueNameOf(arn), Date.now());
  return { visible, inFlight, delayed, oldestSeconds: await known(hasMetrics, age) };
}

function render(status: Status, to: Terminal) {
  const { queue, deadLetterQueue, undelivered, eventSourceMapping, lastHour } = status;
  const depths = table([
    ['', 'visible', 'in flight', 'delayed', 'oldest'],
    queueRow('queue', queue),
    queueRow('dead-letter queue', deadLetterQueue),
    ...Object.entries(undelivered).map(([source, one]) => queueRow(`${source}, undelivered`, one)),
  ]);
  const heading = (text: string) => paint(to.stdout, 'bold', text);
  const mapping =
    'value' in eventSourceMapping ? eventSourceMapping.value : unknown(eventSourceMapping);
  const hour = 'value' in lastHour ? renderHour(lastHour.value) : unknown(lastHour);
  return [
    depths,
    `${heading('event source mapping')}  ${mapping}`,
    ...renderVersion(status).map((text) => `${heading('version')}  ${text}`),
    ...renderAlarms(status.alarms, to).map((text) => `${heading('alarms')}  ${text}`),
    `${heading('last hour')}\n${hour}`,
  ].join('\n\n');
}

function queueRow(name: string, { visible, inFlight, delayed, oldestSeconds }: QueueStatus) {
  const seconds = 'value' in oldestSeconds ? oldestSeconds.value : undefined;
  const oldest = seconds === undefined ? 'unknown' : `${Math.round(seconds)} s`;
  return [name, String(visible), String(inFlight), String(delayed), oldest];
}

/** @returns nothing where the queue alone is known */
function renderVersion({ liveVersion: live, newerVersion: newer }: Status): string[] {
  if (!('value' in live)) return [unknown(live)];
  if (live.value === undefined) return [];
  const { version, shares } = live.value;
  const others = Object.entries(shares).map(
    ([other, share]) => `, and ${other} for ${Math.round(share * 100)} % of the invocations`,
  );
  const newest = 'value' in newer && newer.value ? `; the newest is ${newer.value}` : '';
  return [`${version}${others.join('')}${newest}`];
}

/** @returns nothing where the queue alone is known */
function renderAlarms(known: Status['alarms'], { stdout }: Terminal): string[] {
  if (!('value' in known)) return [unknown(known)];
  if (known.value === undefined) return [];
  const ringing = known.value.filter(({ state }) => state === 'ALARM');
  const unclear = known.value.filter(({ state }) => state === 'INSUFFICIENT_DATA').length;
  const others = unclear === 0 ? '' : `, ${unclear} without data`;
  const lines = ringing.map(
    ({ name, since, meaning }) =>
      `\n  ${paint(stdout, 'red', name)}  since ${since}\n    ${meaning}`,
  );
  return [`${ringing.length} of ${known.value.length} ring${others}${lines.join('')}`];
}

function unknown({ unknown: why }: { readonly unknown: string }): string {
  return `unknown: ${why}`;
}

function renderHour({ totals, reasons }: HourOfMetrics): string {
  const rows = Object.entries(totals).flatMap(([name, total]) => [
    [`  ${name}`, String(total)],
    ...Object.entries(reasons[name] ?? {}).map(([reason, count]) => [
      `    ${reason}`,
      String(count),
    ]),
  ]);
  return rows.length === 0 ? '  nothing' : table(rows);
}
