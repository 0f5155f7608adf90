// Deno std arrives compiled into one npm package without types; assert.d.ts declares what is used here.
// @ts-self-types="./assert.d.ts"
export * from "deno-std/assert/mod.js";
