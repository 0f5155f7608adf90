// Deno std arrives compiled into one npm package without types; path.d.ts declares what is used here.
// @ts-self-types="./path.d.ts"
export * from "deno-std/path/mod.js";
