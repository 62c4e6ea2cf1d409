// @ts-nocheck
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const JsonObject = z.record(z.string(), z.unknown());

/** Reads a file that holds one JSON object. */
export function readJson(file: string | URL): Record<string, unknown> {
  return JsonObject.parse(JSON.parse(readFileSync(file, 'utf8')));
}
