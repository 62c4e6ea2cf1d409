import { writeFileSync } from 'node:fs';
import { LICENCES, licencesPage } from './page.ts';

/** `npm run licences` */
writeFileSync(LICENCES, licencesPage());
