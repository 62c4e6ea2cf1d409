import type { Invocation } from '../aws/invocation.ts';
import type { Settings } from '../scenario.ts';

/** What one invocation called, and what it had to. */
export interface InvocationEffort {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly updates: number;
  readonly lists: number;
  /** Updates for all images of its records, full where they can be. */
  readonly needed: number;
  /** List calls that were answered, and none of whose images was updated afterwards. */
  readonly listsInVain: number;
  /** The circuits of the sandbox that it had to do with, by sandbox and account. */
  readonly circuits: readonly string[];
}

/** Sums up what an invocation did. */
export function effortOf(invocation: Invocation, settings: Settings): InvocationEffort {
  const { startedAt, calls, lists, records, sandbox } = invocation;
  const imagesOf = new Map<string | null, Set<string>>();
  for (const { event } of records.map(({ message }) => message)) {
    const images = imagesOf.get(event.account) ?? new Set();
    for (const { guid } of event.images) images.add(guid);
    imagesOf.set(event.account, images);
  }
  const needed = [...imagesOf.values()].map(({ size }) =>
    Math.ceil(size / settings.maxImagesPerCall),
  );
  const updated = new Set(calls.flatMap(({ call }) => call.images.map(({ guid }) => guid)));
  return {
    startedAt,
    updates: calls.length,
    lists: lists.length,
    needed: needed.reduce((total, count) => total + count, 0),
    listsInVain: lists.filter(
      ({ meaning, guids }) => meaning === 'applied' && !guids.some((guid) => updated.has(guid)),
    ).length,
    circuits: [...imagesOf.keys()].map((account) => `${sandbox} ${account}`),
  };
}
