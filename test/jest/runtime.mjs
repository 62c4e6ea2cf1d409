import { createRequire } from 'node:module';
// JavaScript, because the types of this package have no default export for ES modules.
import Runtime from 'jest-runtime';
import { compileOnce } from './compiled-once.mjs';

compileOnce();

const require = createRequire(import.meta.url);
const SHARED =
  /[\\/]node_modules[\\/](?:aws-cdk-lib|cdk-nag|cdk-monitoring-constructs|constructs|dynalite|esbuild|playwright-core)[\\/]/;

/**
 * Jest loads packages anew for each test file. For the hundreds of files of the CDK and of the
 * emulators that takes longer than many a test, and esbuild starts a process of its own each time,
 * which stays. So Node loads them, once for all test files of a worker.
 */
export default class SharingRuntime extends Runtime {
  requireModuleOrMock(from, moduleName) {
    if (SHARED.test(moduleName)) return require(moduleName);
    return super.requireModuleOrMock(from, moduleName);
  }
}
