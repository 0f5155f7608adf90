// Deno std arrives compiled into one npm package without types; base64.d.ts declares what is used here.
// @ts-self-types="./base64.d.ts"
export * from "deno-std/encoding/base64.js";
