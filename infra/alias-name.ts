/** The alias that the event source invokes; apart from the stack, so that the command line has no CDK in it. */
export const LIVE_ALIAS = 'live';
