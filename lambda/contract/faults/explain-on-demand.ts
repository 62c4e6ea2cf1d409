import type { RejectedEvent } from '../rejected-event.ts';

/** Says more of a rejected event, by code that is loaded when the first one is: most sandboxes never need it. */
export async function explainOnDemand(rejection: RejectedEvent): Promise<string> {
  const { explain } = await import('./explain.ts');
  return explain(rejection);
}
