/** A worker that takes a cell and ends. */
import { crash, wayOf } from "./crash.ts";

const worker = self as unknown as Pick<Worker, "onmessage" | "postMessage">;
worker.onmessage = () => crash(wayOf(import.meta.url));
worker.postMessage({ kind: "ready" });
