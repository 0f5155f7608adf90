// Deno std arrives compiled into one npm package without types; csv.d.ts declares what is used here.
// @ts-self-types="./csv.d.ts"
export * from "deno-std/csv/mod.js";
