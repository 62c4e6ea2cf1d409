#!/usr/bin/env node
import { EXIT_CODES } from './exit-codes.ts';

/** `engines` says so too, of which npm only warns. */
const OLDEST_NODE = 22;

/** What the package's `bin` runs. An older Node must get no further: it knows not all that is imported there. */
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `error: needs Node ${OLDEST_NODE} or newer, and this is ${process.version}\n`,
  );
  process.exit(EXIT_CODES.usage.code);
}
await import('./start.ts');
