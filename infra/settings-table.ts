import { Fields } from './setting-fields.ts';
import { settingNames } from './settings.ts';

/** A row of the table of settings. */
export interface SettingRow {
  readonly name: string;
  readonly standard: success ? String(data ?? 'none') : 'required',
      why: field.description ?? '',
    };
  });
}
