import type { Variant, WorldKind } from './world-kind.ts';
import { WORLDS } from './worlds.ts';

/** A variant and the kind that it is of. */
export interface Chosen {
  readonly kind: WorldKind;
  readonly variant: Variant;
}

/**
 * Finds what was asked for.
 *
 * @param world a kind's name, or `all`
 * @param name a variant's; unset: all of the kind
 * @returns why there is nothing, where there is nothing
 */
export function findVariants(world: string, name: string | undefined): Chosen[] | string {
  const kinds = WORLDS.filter((kind) => world === 'all' || kind.name === world);
  if (kinds.length === 0) {
    return `There is no world "${world}". There are: all, ${WORLDS.map((kind) => kind.name).join(', ')}.`;
  }
  const variants = kinds.flatMap((kind) => kind.variants.map((variant) => ({ kind, variant })));
  const found = variants.filter(({ variant }) => name === undefined || variant.name === name);
  if (found.length > 0) return found;
  const names = [...new Set(variants.map(({ variant }) => variant.name))];
  return `${world} has no variant "${name}". It has: ${names.join(', ')}.`;
}

/** For the help of the command. */
export function describeWorlds(): string {
  const lines = WORLDS.flatMap(({ name, about, variants }) => [
    `  ${name}: ${about}`,
    `      ${variants.map((variant) => variant.name).join(', ')}`,
  ]);
  return ['Worlds and their variants:', ...lines].join('\n');
}
