import { settingRows } from '../../infra/settings-table.ts';

export const CONSTRUCT_SETTINGS = new URL('../../infra/image-updates-settings.ts', import.meta.url);

/** The setting of a stack that a construct inside somebody else's stack has no say in. */
const OF_THE_STACK = new Set(['stackName']);

/** The module that tells an editor each setting's meaning and default, made from the settings. */
export function constructSettings(): string {
  const properties = settingRows()
    .filter(({ name }) => !OF_THE_STACK.has(name))
    .map(({ name, standard, why }) => {
      const isRequired = standard === 'required';
      const fallback = isRequired ? [] : ['   *', `   * @default ${standard}`];
      const lines = ['  /**', `   * ${why}`, ...fallback, '   */'];
      return [...lines, `  readonly ${name}${isRequired ? '' : '?'}: Settings['${name}'];`].join(
        '\n',
      );
    });
  return `import type { Settings } from './setting-fields.ts';

/** The settings of the construct, as \`npm run docs\` writes them from infra/setting-fields.ts. */
export interface ImageUpdatesSettings {
${properties.join('\n')}
}
`;
}
