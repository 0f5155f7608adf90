// Deno std arrives compiled into one npm package without types; duration.d.ts declares what is used here.
// @ts-self-types="./duration.d.ts"
export * from "deno-std/fmt/duration.js";
