// gifenc ships no types; gifenc.d.ts declares what is used here.
// @ts-self-types="./gifenc.d.ts"
export { default } from "npm:gifenc@1.0.3";
