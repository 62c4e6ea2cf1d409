import { createRequire } from 'node:module';
// JavaScript, because the types of this package have no default export for ES modules.
import Runtime from 'jest-runtime';
import { compileOnce } from './compiled-once.mjs';

compileOnce();

const require = createRequire(import.meta.url);
const SHARED =
  /[\\/]node_modules[\\/](?:aws-cdk-lib|cdk-nag|cdk-monitoring-constructs|constructs|dynalite|esbuild|fast-check|playwright-core)[\\/]/;

/**
 * Jest loads packages anew for each test file. For some that takes longer than many a test: the CDK
 * has hundreds of files, fast-check makes a table of all characters, esbuild starts a process, which
 * stays. So Node loads them, once for all test files of a worker. It can where they are CommonJS,
 * which package.json therefore asks fast-check for.
 */
export default class SharingRuntime extends Runtime {
  requireModuleOrMock(from, moduleName) {
    if (SHARED.test(moduleName)) return require(moduleName);
    return super.requireModuleOrMock(from, moduleName);
  }
}
