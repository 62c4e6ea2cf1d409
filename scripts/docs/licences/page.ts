import { table } from '../table.ts';
import { bundledPackages } from './packages.ts';

export const LICENCES = new URL('../../../docs/licences.md', import.meta.url);

/** The licences of everything that is deployed with the function. */
export function licencesPage(): string {
  const packages = bundledPackages();
  const counts = Map.groupBy(packages, ({ license }) => license);
  const sums = [...counts].map(([license, of]) => `${of.length} ${license}`).sort();
  return `# Licences of what ships

Made by \`npm run licences\` from the list of sources that esbuild takes into the bundles of the function and of
the doors for webhooks:
${packages.length} packages (${sums.join(', ')}), and this project's own code (MIT). The stack and its
tools run on the machine that deploys and are not shipped; \`npm run sbom\` lists them too.

${table(
  ['package', 'version', 'licence'],
  packages.map(({ name, version, license }) => [name, version, license]),
)}
`;
}
