import { createHash } from 'node:crypto';

/** 132 bits: enough that two texts never share it, and an item stays within one write unit. */
const CHARACTERS = 22;

/** What stands for a value in the ledger: texts can be long, and nobody reads them back. */
export function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url').slice(0, CHARACTERS);
}
