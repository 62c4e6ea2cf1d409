import type { connectQueues, Queues } from '../queue/sqs.ts';

/**
 * The real queues. Their client is loaded when the first record fails: most sandboxes never need it, and
 * every cold start would wait for it (docs/benchmarks.md). If it can't be loaded, nothing is confirmed,
 * so the records come back.
 */
export function queuesOnDemand(urls: Parameters<typeof connectQueues>[0]): Queues {
  let connected: Promise<Queues> | undefined;
  const connect = () => {
    connected ??= import('../queue/sqs.ts').then((sqs) => sqs.connectQueues(urls));
    return connected;
  };
  return {
    sendDeadLetters: async (entries) => (await connect()).sendDeadLetters(entries),
    changeVisibility: async (entries) => (await connect()).changeVisibility(entries),
    deleteMessages: async (entries) => (await connect()).deleteMessages(entries),
  };
}
