/** Styles, which esbuild takes into page.css. */
declare module '*.css';
