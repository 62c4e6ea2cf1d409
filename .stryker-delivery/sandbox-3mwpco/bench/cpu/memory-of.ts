/**
 * A process of its own for one contender: `node memory-of.ts NAME PAYLOAD` takes the payload in as
 * Lambda's runtime does, as JSON, runs one batch, and prints the most memory that the process ever
 * had, in mebibytes.
 */
// @ts-nocheck

import * as z from 'zod';
import { CONTENDER_NAMES, loadContender } from './contenders.ts';
import { PAYLOAD_NAMES, PAYLOADS } from './payloads.ts';

/** `maxRSS` counts kibibytes (Node: process.resourceUsage). */
const KIBIBYTES = 1_024;

const Payload = z.enum(PAYLOAD_NAMES);

const [name, payload] = z.tuple([z.enum(CONTENDER_NAMES), Payload]).parse(process.argv.slice(2));
const runBatch = await loadContender(name);
await runBatch(JSON.parse(JSON.stringify(PAYLOADS[payload]())));
process.stdout.write(`${process.resourceUsage().maxRSS / KIBIBYTES}\n`);
