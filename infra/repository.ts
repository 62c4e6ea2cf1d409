/** Where the repository can be read, as every `package.json` names it; the runbook lies there. */
export const REPOSITORY_URL =
  'https://github.com/finerworks-image-updates/finerworks-image-updates';
