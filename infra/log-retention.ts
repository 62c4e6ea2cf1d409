import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** The next number of days that CloudWatch takes. */
export function retentionOf(days: number): RetentionDays {
  const offered = Object.values(RetentionDays).filter((value) => typeof value === 'number');
  return Math.min(...offered.filter((value) => value >= days));
}
