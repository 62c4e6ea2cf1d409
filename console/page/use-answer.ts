import { useCallback, useEffect, useState } from 'preact/hooks';
import { messageOf } from './client.ts';
import { deployment } from './state.ts';

/** An answer as it is known: none yet, the last one, or why there is none. */
export interface Known<Value> {
  readonly value?: Value;
  readonly error?: string;
  readonly reload: () => Promise<void>;
}

/**
 * Asks when the view appears, and again and again where a pause is given.
 *
 * @param key what the question is about: another one is asked anew
 * @param seconds between two questions; 0 for one question
 */
export function useAnswer<Value>(
  question: () => Promise<Value>,
  key = '',
  seconds = 0,
): Known<Value> {
  const about = `${deployment.value} ${key}`;
  const [known, setKnown] = useState<{ about: string; value?: Value; error?: string }>({ about });
  const reload = useCallback(async () => {
    try {
      setKnown({ about, value: await question() });
    } catch (error) {
      // What was known stays in sight, while it is about the same.
      setKnown((before) => ({
        ...(before.about === about ? before : { about }),
        error: messageOf(error),
      }));
    }
  }, [about]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const turn = async () => {
      await reload();
      if (seconds > 0 && !isOver) timer = setTimeout(turn, seconds * 1_000);
    };
    void turn();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [reload, seconds]);
  return known.about === about ? { ...known, reload } : { reload };
}
