/** A setting or a property is unknown or wrong. One line a fault. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
