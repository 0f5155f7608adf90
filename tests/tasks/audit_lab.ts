/** A published table of two tiny cells in a folder of its own, to be audited and to be damaged. */
import { dirname, join } from "@std/path";
import { cellHyperparameters } from "../../src/experiments/open_cell.ts";
import { type Cell, DEFAULTS } from "../../src/experiments/cell.ts";
import { runCell } from "../../src/experiments/run_cell.ts";
import {
  countUpdates,
  tracedMethod,
  tracedOptimizer,
} from "../../src/experiments/analysis/traced_trial.ts";
import { seal, type SealedCheckpoint, unseal } from "../../src/experiments/sealed_checkpoint.ts";
import { digestOf, sha256 } from "../../src/provenance/digest.ts";
import type { Optimizer, OptimizerState } from "../../src/optim/optimizer.ts";
import { snapshot } from "../../src/provenance/snapshot.ts";
import type { Audit } from "../../src/report/audit.ts";
import { auditTable, type Scope, type Subject } from "../../tasks/audit/audit_table.ts";
import { listTree, readBytes, readText, write } from "../../tasks/io.ts";
import { CellFolder, type Logs } from "../../tasks/study/cell_store.ts";
import type { PlannedCell } from "../../tasks/study/plan.ts";
import { publishCell, publishTable } from "../../tasks/study/publish.ts";
import { tinyMethod, tinyTrial } from "../experiments/tiny_trial.ts";

const MODULES = { files: { "a.ts": sha256("a") }, packages: { "b@1": "sha512-Yg==" } };
const CHECKPOINT = "checkpoints/hopper/compact.safetensors";
const ITERATIONS = 9;

const PAIR = (["adamw", "adapg"] as const).map((optimizer): Cell => ({
  ...DEFAULTS,
  env: "hopper",
  method: "dppo",
  optimizer,
  variant: {},
  seed: 0,
}));
const TABLE = { study: "table1", setting: DEFAULTS } as const;

/** A copy of the published pair in a new folder. */
export class AuditLab {
  readonly root = Deno.makeTempDirSync({ prefix: "audit-" });

  constructor() {
    for (const [path, bytes] of published) {
      Deno.mkdirSync(join(this.root, dirname(path)), { recursive: true });
      Deno.writeFileSync(join(this.root, path), bytes);
    }
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }

  /** What an audit of the folder finds; `noise` changes the pre-trained policy of replays. */
  audit(scope: Partial<Scope> = {}, noise = 0): Audit {
    return auditTable(this.subject(noise), { from: 0, all: true, ...scope }, () => 0);
  }

  /** The folder and how its cells are run. */
  subject(noise = 0): Subject {
    return {
      table: join(this.root, "table"),
      name: TABLE,
      fixtures: join(this.root, "fixtures"),
      work: join(this.root, "work"),
      plan: (cell) => planIn(this.root, cell),
      trialOf: (cell) => trialOf(cell, noise),
      tracedTrialOf(cell, note) {
        const count = countUpdates();
        const wrap = (arm: Optimizer) => tracedOptimizer("policy", arm, note, count);
        const method = tracedMethod(tinyMethod(cell.optimizer, Infinity, wrap), note);
        return { ...trialOf(cell, noise), method };
      },
    };
  }

  /** One of the pair as it was planned. */
  planned(optimizer: Cell["optimizer"]): PlannedCell {
    return planIn(this.root, PAIR.find((cell) => cell.optimizer === optimizer)!);
  }

  /**
   * Replaces the kept checkpoint of a cell by one with another policy, and its digest in the log and the manifests, so
   * that nothing but a replay can tell.
   */
  forge(optimizer: Cell["optimizer"]): void {
    const { id } = this.planned(optimizer);
    const folder = new CellFolder(join(this.root, "work"), id);
    const { blobs, ...kept } = folder.checkpoint()!;
    const checkpoint = unseal<{ policy: OptimizerState }>(kept.tree, (digest) => blobs[digest]);
    const { policy } = checkpoint.state, data = policy.theta.data.slice() as Float32Array;
    data[1] += 1;
    const theta = { ...policy.theta, data };
    const state = { ...checkpoint.state, policy: { ...policy, theta } };
    const other = snapshot({ ...checkpoint, state });
    folder.keep({ ...kept, tree: other.tree }, Object.fromEntries(other.blobs));
    const forged = digestOf(other.tree), honest = kept.digests.at(-1)!.state;
    this.falsify(
      `table/cells/hopper/dppo-${optimizer}/seed-0`,
      "digests.jsonl",
      (text) => text.replace(honest, forged),
    );
  }

  /** Replaces a file, and its digest in the manifest beside it, which so still matches. */
  falsify(folder: string, file: string, change: (text: string) => string): void {
    const [path, manifest] = [file, "manifest.json"].map((name) => join(this.root, folder, name));
    const honest = readText(path), forged = change(honest);
    write(path, forged);
    write(manifest, readText(manifest).replace(sha256(honest), sha256(forged)));
  }

  /** Flips the lowest bit of a byte: of the first match of `pattern`, or of the last byte. */
  flip(path: string, pattern?: RegExp): void {
    const bytes = readBytes(join(this.root, path));
    const at = pattern === undefined
      ? bytes.length - 1
      : pattern.exec(readText(join(this.root, path)))!.index;
    bytes[at] ^= 1;
    Deno.writeFileSync(join(this.root, path), bytes);
  }

  /** The first file below a folder whose path contains `part`. */
  find(part: string): string {
    return listTree(this.root).find((path) => path.includes(part))!;
  }
}

function trialOf({ optimizer }: Cell, noise: number) {
  const trial = tinyTrial({ optimizer, iterations: ITERATIONS });
  const data = trial.pretrained.data.map((x) => x + noise);
  return { ...trial, pretrained: { ...trial.pretrained, data } };
}

function planIn(root: string, cell: Cell): PlannedCell {
  const pretrained = readBytes(join(root, "fixtures", CHECKPOINT));
  const fixtures = { [`fixtures/${CHECKPOINT}`]: sha256(pretrained) };
  const hyperparameters = cellHyperparameters(cell);
  const id = digestOf({ cell: cell.optimizer, hyperparameters, fixtures });
  return {
    cell,
    id,
    iterations: ITERATIONS,
    hyperparameters,
    fixtures,
    modules: MODULES,
    pretrained,
  };
}

/** Runs and publishes the pair; all files by path. */
function publishPair(): [path: string, bytes: Uint8Array][] {
  const root = Deno.makeTempDirSync({ prefix: "audit-" });
  const golden = readBytes("fixtures/golden/rng.json"), policy = Uint8Array.of(1, 2, 3);
  const files = { "golden/rng.json": sha256(golden), [CHECKPOINT]: sha256(policy) };
  write(join(root, "fixtures/golden/rng.json"), golden);
  write(join(root, "fixtures", CHECKPOINT), policy);
  write(join(root, "fixtures/MANIFEST.json"), JSON.stringify({ files }));
  for (const cell of PAIR) publishRun(root, cell);
  publishTable(join(root, "table"), TABLE);
  const all = listTree(root).map((
    path,
  ): [string, Uint8Array] => [path, readBytes(join(root, path))]);
  Deno.removeSync(root, { recursive: true });
  return all;
}

function publishRun(root: string, cell: Cell): void {
  const planned = planIn(root, cell), folder = new CellFolder(join(root, "work"), planned.id);
  const run = runCell(tinyTrial({ optimizer: cell.optimizer, iterations: ITERATIONS }));
  let logs: Logs = { digests: [], metrics: [] }, last: SealedCheckpoint | undefined;
  for (let step = run.next();; step = run.next()) {
    if (step.done) {
      folder.keep({ tree: last!.tree, ...logs }, Object.fromEntries(last!.blobs));
      return publishCell(join(root, "table"), planned, { scores: step.value, ...logs });
    }
    last = seal(step.value);
    logs = { digests: [...logs.digests, last.digests], metrics: [...logs.metrics, last.metrics] };
  }
}

const published = publishPair();
