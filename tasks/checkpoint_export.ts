/**
 * Writes a trained network of this project as safetensors under the names of the PyTorch reference.
 *
 * @module
 */
import { basename, dirname } from "@std/path";
import { parseCheckpoint } from "../src/data/checkpoint.ts";
import { referenceTensors } from "../src/data/checkpoints/reference_names.ts";
import { normalizationArrays } from "../src/data/data_files.ts";
import { formatNpz } from "../src/data/formats/npz.ts";
import { unseal } from "../src/experiments/sealed_checkpoint.ts";
import { type MethodName, methods } from "../src/methods/mod.ts";
import { sha256 } from "../src/provenance/digest.ts";
import { tensorsOf } from "../src/provenance/params_file.ts";
import { formatSafetensors } from "../src/provenance/safetensors.ts";
import { requireFilePlaces } from "./destination.ts";
import { openSource } from "./file_source.ts";
import { flagFault, oneOf } from "./flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { write, writeTogether } from "./io.ts";
import { main } from "./main.ts";
import { CellFolder, WORK } from "./study/cell_store.ts";

const METHODS = Object.keys(methods) as MethodName[];

const HELP = `Write a trained network of this project as safetensors for PyTorch users.

Usage: deno task checkpoint:export --from FILE --out FILE [flags]
       deno task checkpoint:export --cell ID --method NAME --out FILE [flags]

  --from FILE    a pre-trained checkpoint of this project; writes network.* and, beside it, the
                 normalization.npz
  --cell ID      a folder of .work/cells, a run of the tables; writes the networks of its last
                 checkpoint
  --method NAME  the method of that run: ${METHODS.join(", ")}
  --out FILE     where to write, for example policy.safetensors
  --overwrite    replace what is there
  --help         this text

In Python: model.load_state_dict(safetensors.torch.load_file("policy.safetensors"), strict=False)`;

const OPTIONS = {
  from: { type: "string" },
  cell: { type: "string" },
  method: { type: "string" },
  out: { type: "string" },
  overwrite: { type: "boolean", default: false },
  ...HELP_OPTION,
} as const;

const usage = usageOf("checkpoint:export");

const parsed = () => flagValues(Deno.args, OPTIONS, usage);

function exportPretrained(from: string, out: string, overwrite: boolean): void {
  const ranges = out.replace(/(\.safetensors)?$/, ".normalization.npz");
  requireFilePlaces([out, ranges], [from], overwrite);
  using source = openSource(from);
  const bytes = source.read(0, source.size);
  const { network, normalization } = parseCheckpoint(bytes, from);
  const metadata = { format: "pt", source: sha256(bytes) };
  writeTogether(dirname(out), {
    [basename(out)]: formatSafetensors(tensorsOf(network, "network."), metadata),
    [basename(ranges)]: formatNpz(normalizationArrays(normalization)),
  });
  console.log(`written ${out} and ${ranges}: ${network.layout.length} tensors`);
}

function exportCell(id: string, method: MethodName, out: string, overwrite: boolean): void {
  if (!/^[0-9a-f]{64}$/.test(id)) {
    throw flagFault("cell", "64 hexadecimal digits, the name of a folder of .work/cells", id);
  }
  requireFilePlaces([out], [], overwrite);
  const kept = new CellFolder(WORK, id).checkpoint();
  if (kept === undefined) throw new Error(`Cannot export: found no checkpoint of cell ${id}`);
  const { state, iteration } = unseal<Record<string, unknown>>(kept.tree, (d) => kept.blobs[d]);
  const tensors = referenceTensors(method, state);
  if (tensors.length === 0) throw new Error(`Cannot export: cell ${id} holds no networks`);
  write(out, formatSafetensors(tensors, { format: "pt", cell: id, iteration: String(iteration) }));
  console.log(`written ${out}: ${tensors.length} tensors of iteration ${iteration}`);
}

main(() => {
  const { from, cell, method, out, overwrite, help } = parsed();
  if (help) return console.log(HELP);
  if (out === undefined) throw usage("--out is missing");
  const isCell = cell !== undefined || method !== undefined;
  if (isCell === (from !== undefined)) throw usage("need either --from or --cell and --method");
  if (from !== undefined) return exportPretrained(from, out, overwrite);
  if (cell === undefined || method === undefined) throw usage("--cell and --method go together");
  exportCell(cell, oneOf("method", METHODS, method), out, overwrite);
});
