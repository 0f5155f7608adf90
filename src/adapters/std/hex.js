// Deno std arrives compiled into one npm package without types; hex.d.ts declares what is used here.
// @ts-self-types="./hex.d.ts"
export * from "deno-std/encoding/hex.js";
