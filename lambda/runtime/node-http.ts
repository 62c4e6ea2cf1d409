/**
 * Stands for `node:http` in the bundle (infra/bundle.ts). An `import` of Node's module reads all that it
 * exports, `WebSocket` too, and with that Node loads the whole of undici, which nothing here uses: a
 * fifth of the processor's time of an import (Node 24, `lib/http.js`).
 */
const http = process.getBuiltinModule('node:http');

export const { Agent, request } = http;
export default http;
