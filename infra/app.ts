import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundledCode, bundledDoorCode } from './bundled-code.ts';
import { readSettings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { readSettingsFile } from './settings-file.ts';
import { ImageUpdatesStack } from './stack.ts';

/**
 * What `cdk.json` runs: the settings, then the bundle, then the stack. Where a check of AWS
 * Solutions finds anything, nothing is made.
 */
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
try {
  const { settingsFile, ...context } = app.node.getAllContext();
  const settings = readSettings(context, readSettingsFile(settingsFile));
  new ImageUpdatesStack(app, { settings, code: bundledCode(), doorCode: bundledDoorCode() });
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
