import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleFunction } from './bundle.ts';
import { readSettings, SettingsError } from './settings.ts';
import { ImageUpdatesStack } from './stack.ts';

/**
 * What `cdk.json` runs: settings from context, then the bundle, then the stack. Where a check of AWS
 * Solutions finds anything, nothing is made.
 */
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
try {
  const settings = readSettings(app.node.getAllContext());
  const folder = join(app.outdir, 'function');
  bundleFunction(folder);
  new ImageUpdatesStack(app, { settings, code: Code.fromAsset(folder) });
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
