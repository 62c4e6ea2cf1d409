/** What would make a run depend on the machine it runs on. */
const TRAPS: readonly (readonly [target: object, name: string])[] = [
  [Date, 'now'],
  [Math, 'random'],
  [globalThis, 'setTimeout'],
  [globalThis, 'setInterval'],
  [globalThis, 'fetch'],
  [AbortSignal, 'timeout'],
];

/** The product used real time, real chance or the network instead of what it was given. */
export class RealWorldUsed extends Error {
  override readonly name = 'RealWorldUsed';
}

/** Runs something while every way to real time, chance and network throws. */
export async function withoutRealWorld<Result>(body: () => Promise<Result>): Promise<Result> {
  const restore = TRAPS.map(([target, name]) => {
    const own = Object.getOwnPropertyDescriptor(target, name);
    const value = () => {
      throw new RealWorldUsed(`${name} was called`);
    };
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
    return () => {
      if (own === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, own);
    };
  });
  try {
    return await body();
  } finally {
    for (const undo of restore) undo();
  }
}
