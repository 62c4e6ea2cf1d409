/** `npm run cli`: npm runs it in the repository's folder, but files are named from where npm was called. */
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
// The package holds the page; here it is bundled when it is wanted.
if (process.argv[2] === 'console') (await import('../console/build-page.ts')).writePage();
await import('../cli/main.ts');
