import { createHash } from 'node:crypto';

/** 132 bits: two texts never share a hash, and an item stays within one write unit. */
const CHARACTERS = 22;

/** The ledger keeps this instead of a value: texts can be long, and only comparison needs them. */
export function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url').slice(0, CHARACTERS);
}
