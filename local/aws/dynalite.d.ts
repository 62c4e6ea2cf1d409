/** The package has no types: these are for what is used of it. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** DynamoDB as an HTTP server, with tables in memory unless it is given a path. */
  export default function dynalite(options?: {
    /** Milliseconds until a new table is active. */
    createTableMs?: number;
  }): Server;
}
