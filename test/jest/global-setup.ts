import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a run of the tests a temporary folder of its own, which goes with all that is in it. */
export default function setUp(): void {
  const folder = mkdtempSync(join(tmpdir(), 'image-updates-tests-'));
  process.env.TMPDIR = folder;
  // Programs that tests start again and again are compiled once.
  process.env.NODE_COMPILE_CACHE = join(folder, 'compile-cache');
  // The CDK validates each template against CloudFormation's rules, which takes seconds to load. The
  // app's own test has it on.
  process.env.CDK_VALIDATION = 'false';
}
