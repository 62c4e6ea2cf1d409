import { Names, Stack } from 'aws-cdk-lib';
import {
  Alarm as CloudWatchAlarm,
  ComparisonOperator,
  type IAlarm,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import {
  DefaultDashboardFactory,
  MonitoringFacade,
  SnsAlarmActionStrategy,
} from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { alarmList } from './alarm-list.ts';
import { layOut } from './dashboard.ts';
import { Metrics } from './metrics.ts';
import type { Monitored } from './monitored.ts';
import { saveQueries } from './queries.ts';
import { type AlarmTopics, createTopics } from './topics.ts';

/** A dashboard, alarms on two topics, and saved queries of the log. */
export class Monitoring extends Construct {
  readonly topics: AlarmTopics;
  /** By their names in the runbook. */
  readonly alarms: ReadonlyMap<string, IAlarm>;
  readonly dashboardUrl: string;
  readonly dashboardArn: string;

  constructor(scope: Construct, id: string, monitored: Monitored) {
    super(scope, id);
    const { settings, queues } = monitored;
    const told = {
      page: { email: settings.pageEmail, topic: monitored.pageTopic },
      ticket: { email: settings.ticketEmail, topic: monitored.ticketTopic },
    };
    this.topics = createTopics(this, told, queues.key);
    // Names of alarms and dashboards are unique in an account, so each deployment needs its own.
    const name = Names.uniqueResourceName(scope, { maxLength: 64, separator: '-' });
    const facade = new MonitoringFacade(this, 'Facade', {
      alarmFactoryDefaults: {
        actionsEnabled: true,
        alarmNamePrefix: name,
        disambiguatorAction: {
          page: this.#actionOn('page'),
          ticket: this.#actionOn('ticket'),
        },
      },
      dashboardFactory: new DefaultDashboardFactory(this, 'Dashboards', {
        dashboardNamePrefix: name,
      }),
    });
    const stack = Stack.of(this);
    const { region } = stack;
    const dashboard = facade.createdDashboard()?.dashboardName ?? name;
    this.dashboardUrl = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard}`;
    // Dashboards are of no region (AWS: service authorization reference, CloudWatch).
    this.dashboardArn = stack.formatArn({
      ...{ service: 'cloudwatch', region: '', resource: 'dashboard', resourceName: dashboard },
    });
    const factory = facade.createAlarmFactory('');
    const metrics = new Metrics(monitored.function);
    const alarms = alarmList(metrics, monitored).map((alarm) => {
      const [datapointsToAlarm, evaluationPeriods] = alarm.periods;
      const { alarmName } = factory.addAlarm(alarm.metric, {
        alarmNameSuffix: alarm.name,
        alarmNameOverride: `${name}-${alarm.name}`,
        disambiguator: alarm.level,
        alarmDescription: alarm.meaning,
        runbookLink: `${settings.runbookUrl}#${sectionOf(alarm.name)}`,
        threshold: alarm.above,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        datapointsToAlarm,
        evaluationPeriods,
        // Idle queues and counters have no data; an alarm must not stay on because of that.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      // By its name, so that the dashboard is made even where no alarm can be (cloud emulators).
      return CloudWatchAlarm.fromAlarmName(this, alarm.name, alarmName);
    });
    this.alarms = new Map(alarms.map((alarm) => [alarm.node.id, alarm]));
    layOut(facade, metrics, monitored, alarms);
    saveQueries(this, name, monitored.function.logGroup);
  }

  /** Notifies when it begins and when it is over. */
  #actionOn(level: keyof AlarmTopics): SnsAlarmActionStrategy {
    const topic = this.topics[level];
    return new SnsAlarmActionStrategy({ onAlarmTopic: topic, onOkTopic: topic });
  }
}

/** The anchor of an alarm's section in the runbook, as its heading `Alarm: NAME` makes it. */
function sectionOf(alarm: string): string {
  return `alarm-${alarm.toLowerCase()}`;
}
