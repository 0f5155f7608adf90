// jstat ships no types; jstat.d.ts declares what is used here.
// @ts-self-types="./jstat.d.ts"
export { default } from "npm:jstat@1.9.6";
