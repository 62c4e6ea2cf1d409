import { useEffect, useRef, useState } from 'preact/hooks';
import type { TailLine } from '../server/routes/tail.ts';
import { api, here } from './client.ts';
import { deployment } from './state.ts';

/** Lines that are kept; older ones are left out. */
export const MAX_LINES = 500;
/** Ids of lines that were shown: a connection that was broken brings the last of them again. */
const MAX_SEEN = 5_000;

/** What a tail has told, and how it is doing. */
export interface Tail {
  /** Newest first. */
  readonly lines: readonly TailLine[];
  /** How many came since the beginning. */
  readonly told: number;
  readonly state: 'connecting' | 'following' | 'lost' | { readonly wrong: string };
  readonly clear: () => void;
  /** Goes on where something went wrong. */
  readonly retry: () => void;
}

/**
 * Follows what happens for as long as the view is there, in the background too: the server pushes, so no
 * timer of the page is slowed down.
 *
 * @param asked what is wanted, as a query
 */
export function useTail(asked: string): Tail {
  const [state, setState] = useState<Tail['state']>('connecting');
  const [{ lines, told }, setLines] = useState<Pick<Tail, 'lines' | 'told'>>({
    lines: [],
    told: 0,
  });
  const [tries, setTries] = useState(0);
  const seen = useRef(new Set<string>());
  const newest = useRef('');
  useEffect(() => {
    const query = { minutes: '0', ...Object.fromEntries(new URLSearchParams(asked)) };
    const after = newest.current === '' ? {} : { after: newest.current };
    const source = new EventSource(api.tail.$url({ param: here(), query: { ...query, ...after } }));
    source.addEventListener('following', () => setState('following'));
    source.addEventListener('wrong', ({ data }) => {
      source.close();
      setState({ wrong: data });
    });
    source.addEventListener('message', ({ data, lastEventId }) => {
      newest.current = lastEventId;
      const all: readonly TailLine[] = JSON.parse(data);
      const fresh = all.filter(({ id }) => !seen.current.has(id));
      seen.current = new Set([...seen.current, ...fresh.map(({ id }) => id)].slice(-MAX_SEEN));
      setLines((before) => ({
        lines: [...fresh.toReversed(), ...before.lines].slice(0, MAX_LINES),
        told: before.told + fresh.length,
      }));
    });
    source.addEventListener('error', () => {
      // The browser tries again by itself, unless the answer was a refusal.
      const isOver = source.readyState === EventSource.CLOSED;
      setState(isOver ? { wrong: REFUSED } : 'lost');
    });
    return () => source.close();
  }, [asked, deployment.value, tries]);
  return {
    ...{ lines, told, state },
    clear: () => setLines((before) => ({ ...before, lines: [] })),
    retry: () => {
      setState('connecting');
      setTries(tries + 1);
    },
  };
}

const REFUSED = 'The console refused to tell more. Open the address that it printed last.';
