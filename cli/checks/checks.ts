import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { historyOf } from '../../lambda/ledger/history.ts';
import type { Clients } from '../aws/clients.ts';
import type { Deployment } from '../aws/deployment.ts';
import { findMapping } from '../aws/event-source-mapping.ts';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { hasService } from '../aws/reachable.ts';
import { UsageError } from '../errors.ts';
import { readKeys } from '../finerworks/finerworks.ts';
import { testCredentials } from '../finerworks/test-credentials.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { checkAlarmTopics } from './alarm-topics.ts';
import { compareProbe } from './compare-probe.ts';
import { type Check, CheckFailed, NotApplicable } from './finding.ts';
import { checkLiveVersion } from './live-version.ts';

/** All checks of `check`, in the order in which events pass what they concern. */
export function checks(
  deployment: Deployment,
  clients: Clients,
  terminal: Terminal,
  probeFile: string,
): Check[] {
  const { sqs, sns, lambda, dynamoDb, secretsManager } = clients;
  const source = async () => queueAttributes(sqs, await deployment.queueUrl());
  const dead = async () => queueAttributes(sqs, await deployment.deadLetterQueueUrl());
  return [
    { subject: 'queue', runCheck: async () => (await source()).arn },
    { subject: 'dead-letter queue', runCheck: async () => (await dead()).arn },
    { subject: 'redrive policy', runCheck: checkRedrivePolicy },
    { subject: 'reading dead letters', runCheck: tryToReceive },
    { subject: 'event source mapping', runCheck: checkMapping },
    { subject: 'version', runCheck: tryVersion },
    { subject: 'ledger', runCheck: tryLedger },
    {
      subject: 'probe',
      runCheck: async () => compareProbe(await settingsOf(deployment), probeFile),
    },
    { subject: 'keys', runCheck: tryKeys },
    { subject: 'alarms', runCheck: () => checkAlarmTopics(deployment, sns) },
  ];

  async function checkRedrivePolicy(): Promise<string> {
    const { redrivePolicy, retentionSeconds } = await source();
    const { arn, retentionSeconds: deadSeconds } = await dead();
    if (redrivePolicy === undefined) {
      throw new CheckFailed(
        'the queue has none: a record that crashes the function comes back for ever; deploy again',
      );
    }
    const { deadLetterTargetArn, maxReceiveCount } = redrivePolicy;
    if (deadLetterTargetArn !== arn) {
      throw new CheckFailed(
        `names ${deadLetterTargetArn}, another queue: name the right one with --dlq, or deploy again`,
      );
    }
    if (deadSeconds <= retentionSeconds) {
      throw new CheckFailed(
        'the dead-letter queue keeps messages no longer than the queue: what SQS moves late is lost soon; deploy again',
      );
    }
    return `after ${maxReceiveCount} receives`;
  }

  async function tryToReceive(): Promise<string> {
    // Without a visibility timeout nothing is hidden. A receive of the source queue would count.
    const command = new ReceiveMessageCommand({
      QueueUrl: await deployment.deadLetterQueueUrl(),
      VisibilityTimeout: 0,
    });
    await sqs.send(command);
    return 'permitted';
  }

  async function checkMapping(): Promise<string> {
    if (!hasService('LAMBDA', await deployment.queueUrl(), terminal)) {
      throw new NotApplicable('the local system does not emulate it');
    }
    const { state } = await findMapping(
      lambda,
      (await source()).arn,
      await deployment.functionName(),
    );
    if (state === 'Enabled') return state;
    throw new CheckFailed(`${state}: no events are taken; finerworks-image-updates resume`);
  }

  async function tryVersion(): Promise<string> {
    if (!hasService('LAMBDA', await deployment.queueUrl(), terminal)) {
      throw new NotApplicable('the local system does not emulate it');
    }
    return checkLiveVersion(deployment, clients);
  }

  async function tryLedger(): Promise<string> {
    const { ledgerTable } = await settingsOf(deployment);
    if (ledgerTable === undefined) return 'off, as it is set: nothing is remembered';
    // This image does not exist: only the permission to read matters.
    await historyOf(dynamoDb, ledgerTable, '00000000-0000-0000-0000-000000000000');
    return `${ledgerTable} can be read`;
  }

  async function tryKeys(): Promise<string> {
    const settings = await settingsOf(deployment);
    const keys = await readKeys(secretsManager, settings.secretId).catch((error: unknown) => {
      if (!(error instanceof Error && /^AccessDenied/.test(error.name))) throw error;
      // No policy of the stack lets people read them: who has the keys can change images.
      throw new NotApplicable(`you may not read ${settings.secretId}, and need not`);
    });
    await testCredentials(keys, settings);
    return `${settings.apiUrl} accepts those of ${settings.secretId}`;
  }
}

async function settingsOf(deployment: Deployment) {
  try {
    return await deployment.functionSettings();
  } catch (error) {
    if (error instanceof UsageError) throw new NotApplicable(error.message);
    throw error;
  }
}
