import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Removes the temporary folder of the run: the shared bundle, and the outputs of CDK apps. */
export default function tearDown(): void {
  rmSync(tmpdir(), { recursive: true });
}
