/** `npm run cli`: npm runs it in the repository's folder, but files are named from where npm was called. */
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
await import('../cli/main.ts');
