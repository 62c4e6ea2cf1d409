import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** The dimension of every metric: each deployment of an account counts for itself. */
const SERVICE = process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'finerworks-image-updates';

export const logger = new Logger({ serviceName: SERVICE });

/** No guid and no account is ever a dimension: each value would be a metric to pay for. */
export const metrics = new Metrics({
  namespace: 'FinerWorksImageUpdates',
  serviceName: SERVICE,
});
