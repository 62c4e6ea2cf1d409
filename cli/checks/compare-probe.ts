import { contradictions, type ProbedSettings } from '../../infra/doctor/probe-rules.ts';
import { BROKEN, readSavedProbe } from '../../infra/doctor/saved-probe.ts';
import { CheckFailed, NotApplicable } from './finding.ts';

/**
 * Compares the function's settings with what a probe saw.
 *
 * @throws {CheckFailed} naming the settings that are at odds with it
 * @throws {NotApplicable} where there is no probe of this address
 */
export function compareProbe(settings: ProbedSettings, file: string): string {
  const saved = readSavedProbe(file);
  if (saved.kind === 'none') {
    throw new NotApplicable(`there is no ${file}; finerworks-image-updates probe --save makes it`);
  }
  if (saved.kind === 'broken') throw new CheckFailed(`${file} ${BROKEN}`);
  const { apiUrl, at } = saved.probed;
  if (apiUrl !== settings.apiUrl)
    throw new NotApplicable(`${file} is of another address, ${apiUrl}`);
  const found = contradictions(saved.probed, settings);
  if (found.length === 0) return `settings agree with the probe of ${at.slice(0, 10)}`;
  throw new CheckFailed(found.map(({ setting, message }) => `${setting} ${message}`).join('; '));
}
