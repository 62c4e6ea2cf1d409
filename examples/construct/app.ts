import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ImageUpdates } from 'finerworks-image-updates-construct';

/**
 * A shop's own app that has a queue of image events already, and a role that writes to it: image
 * updates are put beside them.
 */
const stack = new Stack(new App(), 'Shop');

const events = new Queue(stack, 'ImageEvents', {
  enforceSSL: true,
  // Six times the function's timeout, and the window: the doctor tells where it is less.
  visibilityTimeout: Duration.seconds(6 * 60 + 5),
});
const backend = new Role(stack, 'Backend', {
  assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
});

const updates = new ImageUpdates(stack, 'ImageUpdates', {
  secret: Secret.fromSecretNameV2(stack, 'Keys', 'finerworks/keys'),
  queue: events,
  timeout: Duration.seconds(60),
  callsPerSecond: 2,
  pageEmail: 'on-call@example.com',
});
updates.grantSend(backend);
Tags.of(updates).add('team', 'print');
