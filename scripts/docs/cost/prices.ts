/** When the prices below were looked up. */
export const LOOKED_UP = '2026-11-23';

/** One price: dollars for so many of a unit, and who states it. */
export interface Price {
  readonly dollars: number;
  readonly per: number;
  readonly unit: string;
  /** The page that states it, and when that page was written. */
  readonly source: string;
}

/**
 * Prices on demand in us-east-1, without free tiers. AWS's own pages fill in their figures by script
 * and could not be read, so those are cited that quote them.
 */
export const PRICES = {
  lambdaRequest: {
    dollars: 0.2,
    per: 1_000_000,
    unit: 'invocations',
    source: 'https://wring.co/blog/aws-lambda-pricing-guide (March 2026)',
  },
  lambdaTime: {
    dollars: 0.000_013_333_4,
    per: 1,
    unit: 'GB-seconds on ARM',
    source: 'https://wring.co/blog/aws-lambda-pricing-guide (March 2026)',
  },
  queueRequest: {
    dollars: 0.4,
    per: 1_000_000,
    unit: 'SQS requests of up to 64 KB',
    source: 'https://cloudburn.io/blog/amazon-sqs-pricing (March 2026)',
  },
  ledgerRead: {
    dollars: 0.125,
    per: 1_000_000,
    unit: 'DynamoDB reads of up to 4 KB',
    source: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing (July 2025)',
  },
  ledgerWrite: {
    dollars: 0.625,
    per: 1_000_000,
    unit: 'DynamoDB writes of up to 1 KB',
    source: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing (July 2025)',
  },
  trailWrite: {
    dollars: 0.625,
    per: 1_000_000,
    unit: 'DynamoDB writes of up to 1 KB, for the trail',
    source: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing (July 2025)',
  },
  outcomeToBus: {
    dollars: 1,
    per: 1_000_000,
    unit: 'outcomes of up to 64 KB, to an EventBridge bus',
    source: 'https://cloudburn.io/blog/amazon-eventbridge-pricing (March 2026)',
  },
  outcomeToTopic: {
    dollars: 0.5,
    per: 1_000_000,
    unit: 'requests of up to 64 KB that tell outcomes to an SNS topic',
    source:
      'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/ (June 2026)',
  },
  log: {
    dollars: 0.5,
    per: 1_000_000_000,
    unit: 'bytes of log',
    source:
      'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/ (June 2026)',
  },
  metric: {
    dollars: 0.3,
    per: 1,
    unit: 'metrics of the function’s own, a month',
    source: 'https://signoz.io/guides/cloudwatch-pricing (February 2026)',
  },
  alarmMetric: {
    dollars: 0.1,
    per: 1,
    unit: 'metrics in alarms, a month',
    source: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm (undated)',
  },
  dashboard: {
    dollars: 3,
    per: 1,
    unit: 'dashboards, a month',
    source:
      'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/ (June 2026)',
  },
  secret: {
    dollars: 0.4,
    per: 1,
    unit: 'secrets, a month',
    source: 'https://aws.amazon.com/secrets-manager/pricing/, as quoted in September 2026',
  },
  secretRead: {
    dollars: 0.05,
    per: 10_000,
    unit: 'reads of a secret',
    source: 'https://aws.amazon.com/secrets-manager/pricing/, as quoted in September 2026',
  },
  key: {
    dollars: 1,
    per: 1,
    unit: 'customer-managed keys, a month',
    source: 'https://aws.amazon.com/kms/pricing/ (undated)',
  },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof PRICES;

/** So many units of each price. */
export type Usage = Partial<Record<PriceName, number>>;

/** What a usage costs, in dollars. */
export function dollarsOf(usage: Usage): number {
  return Object.entries(usage).reduce((sum, [name, units]) => {
    const price: Price = PRICES[name as PriceName];
    return sum + (units / price.per) * price.dollars;
  }, 0);
}
