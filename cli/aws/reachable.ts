import type { Terminal } from '../terminal/terminal.ts';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether an address is on this machine, like those of the local system. */
export function isOnThisMachine(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_HOSTS.has(new URL(url).hostname);
}

/**
 * Whether a service belongs to the deployment of a queue. The local system emulates only some services,
 * and requests about it must not go to the real ones.
 *
 * @param service as the SDK's variables name it: `CLOUDWATCH` of `AWS_ENDPOINT_URL_CLOUDWATCH`
 */
export function hasService(
  service: 'CLOUDWATCH' | 'CLOUDWATCH_LOGS' | 'LAMBDA',
  queueUrl: string,
  { environment }: Terminal,
): boolean {
  return (
    !isOnThisMachine(queueUrl) ||
    Boolean(environment.AWS_ENDPOINT_URL || environment[`AWS_ENDPOINT_URL_${service}`])
  );
}
