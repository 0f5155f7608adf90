// Deno std arrives compiled into one npm package without types; parse_args.d.ts declares what is used here.
// @ts-self-types="./parse_args.d.ts"
export * from "deno-std/cli/parse_args.js";
