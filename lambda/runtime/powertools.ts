import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** The function's name, and the dimension of every metric: each deployment in an AWS account counts separately. */
export const SERVICE = process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'finerworks-image-updates';

export const logger = new Logger({ serviceName: SERVICE });

/** No guid and no account is a dimension: each value would be another metric to pay for. */
export const metrics = new Metrics({
  namespace: 'FinerWorksImageUpdates',
  serviceName: SERVICE,
});
