/** The stack of the setting `stackName` where it is not set; apart from it, so that the command line has no CDK in it. */
export const DEFAULT_STACK_NAME = 'FinerWorksImageUpdates';
