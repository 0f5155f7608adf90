import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { readReferenceCheckpoint } from "../../../src/data/checkpoints/reference_checkpoint.ts";
import { referenceTensors } from "../../../src/data/checkpoints/reference_names.ts";
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import { diffusionMlp } from "../../../src/nn/diffusion_mlp.ts";
import { FormatError } from "../../../src/provenance/format_error.ts";
import { paramsFrom } from "../../../src/provenance/params_file.ts";
import { formatSafetensors } from "../../../src/provenance/safetensors.ts";
import { evaluate } from "../../../src/tensor/engine.ts";
import { layoutOf, type Params, paramsOf } from "../../../src/tensor/params.ts";
import { tensor } from "../../../src/tensor/tensor.ts";
import { fixture, fixtureJson } from "../fixture_files.ts";

const read = (name: string, weights?: "ema" | "model") =>
  readReferenceCheckpoint(bytesSource(fixture(name), name), weights);

const expected = fixtureJson("state_tiny_expected.json");
const { network } = expected;
const denoiser = diffusionMlp({
  actionDim: network.action_dim,
  horizonSteps: network.horizon_steps,
  condDim: network.cond_dim,
  timeDim: network.time_dim,
  mlpDims: network.mlp_dims,
  activationType: network.activation_type,
  residualStyle: network.residual_style,
});
const layout = layoutOf(denoiser.leaves.map((leaf) => [leaf.name, leaf.shape]));

/** The predicted noise for the recorded inputs. */
function predict(params: Params): ArrayLike<number> {
  const { x, time, state } = expected.input;
  const flat = (values: unknown): number[] => [values].flat(Infinity) as number[];
  const rows = x.length;
  const inputs = {
    x: tensor([rows, layout.at(-1)!.size], flat(x)),
    t: tensor([rows], flat(time)),
    cond: tensor([rows, network.cond_dim], flat(state)),
  };
  return evaluate({ params }, inputs, ({ params }, { x, t, cond }) => ({
    out: denoiser.apply(params, x, t, cond),
  })).out.data;
}

for (const weights of ["ema", "model"] as const) {
  Deno.test(`the reference's ${weights} weights give the reference's output`, () => {
    const { tensors, counters } = read("state_tiny.pt", weights);
    assertEquals(counters, { epoch: expected.epoch });
    assertEquals([...tensors.keys()], expected.keys);
    for (
      const [name, { first, last, sum_float64 }] of Object.entries<Record<string, number>>(
        expected.checks[weights],
      )
    ) {
      const data = tensors.get(name)!.data as Float32Array;
      assertEquals([data[0], data.at(-1)], [first, last]);
      assertAlmostEquals(data.reduce((a, b) => a + b, 0), sum_float64, 1e-12);
    }
    const out = predict(paramsFrom(tensors, { prefix: "network.", layout }));
    const wanted: number[] = expected.output[weights].float32.flat(Infinity);
    wanted.forEach((y, i) => assertAlmostEquals(out[i], y, 2e-6 + 1e-5 * Math.abs(y)));
  });
}

Deno.test("safetensors and the EMA weights of the checkpoint are the same", () => {
  assertEquals(read("state_tiny_ema.safetensors").tensors, read("state_tiny.pt").tensors);
  assertEquals(read("state_tiny.pt").weights, "ema");
});

Deno.test("a checkpoint without the wanted weights is refused", () => {
  assertThrows(() => read("tensors_misc.pt", "ema"), FormatError, "ema: missing");
});

Deno.test("hostile checkpoints are refused with the place and the reason", () => {
  const reasons: Record<string, string> = {
    "pt_shared_reference_bomb.pt": "ends with 41 values on the stack",
    "pt_self_reference.pt": "model: holds no tensors",
    "pt_os_system.pt": `global "os system" is not allowed`,
    "pt_whole_module.pt": `global "torch.nn.modules.container Sequential" is not allowed`,
    "pt_integer_keys.pt": "holds a tensor whose key is no text",
    "pt_missing_storage.pt": `tensor "w": storage data/7 is missing`,
    "st_overlap.safetensors": `tensor "b": bytes [8, 24) overlap`,
    "st_out_of_range.safetensors": `tensor "b": ends at byte 48`,
    "st_empty_file.safetensors": "0 bytes",
    "st_header_not_json.safetensors": "not JSON",
  };
  for (const [name, reason] of Object.entries(reasons)) {
    assertThrows(() => read(`hostile/${name}`), FormatError, reason);
  }
});

Deno.test("weights that are not finite are refused with their place", () => {
  const weights = paramsOf({ w: tensor([1, 2], [1, NaN]) });
  const bytes = formatSafetensors(referenceTensors("dppo", { actor: weights }));
  const { tensors } = readReferenceCheckpoint(bytesSource(bytes, "x.safetensors"));
  assertThrows(
    () => paramsFrom(tensors, { prefix: "network." }),
    FormatError,
    `tensor "network.w": number 1 is NaN`,
  );
});

Deno.test("a key __proto__ in a checkpoint is ignored by name", () => {
  const { tensors, ignored } = read("hostile/pt_proto_key.pt");
  assertEquals([[...tensors.keys()], ignored], [["w"], ["__proto__"]]);
});

Deno.test("a trained state is exported under the reference's names", () => {
  const params = paramsOf({ "layers.0.weight": tensor([1, 2], [1, 2]) });
  const names = (method: string, state: Record<string, unknown>) =>
    referenceTensors(method, state).map(([name]) => name.replace(".layers.0.weight", ""));
  const learner = { theta: params, count: 3 };
  assertEquals(
    names("dppo", { actor: params, actorFt: learner, critic: learner, rewardScaler: { mean: 0 } }),
    ["network", "actor", "actor_ft", "critic"],
  );
  assertEquals(names("qsm", { actor: learner, critic: learner, criticTarget: params }), [
    "network",
    "actor",
    "critic_q",
    "target_q",
  ]);
  const bytes = formatSafetensors(referenceTensors("dppo", { actor: params }));
  const { tensors } = readReferenceCheckpoint(bytesSource(bytes, "x.safetensors"));
  assertEquals(paramsFrom(tensors, { prefix: "network." }), params);
});

Deno.test("any bytes are either a checkpoint or refused with a FormatError", () => {
  const good = ["state_tiny.pt", "tensors_misc.pt", "state_tiny_ema.safetensors"].map(fixture);
  const damaged = fc.constantFrom(...good).chain((bytes) => {
    const edits = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 });
    return fc.tuple(edits, fc.option(fc.nat(bytes.length))).map(([edits, size]) => {
      const copy = bytes.slice();
      for (const [at, value] of edits) copy[at] = value;
      return copy.subarray(0, size ?? copy.length);
    });
  });
  fc.assert(fc.property(fc.oneof(damaged, fc.uint8Array()), (bytes) => {
    try {
      readReferenceCheckpoint(bytesSource(bytes, "f"));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }));
});

/** A safetensors file of one number with the given layout of its header. */
function oneNumber(indent: string): Uint8Array {
  const entry = { w: { dtype: "F32", shape: [1], data_offsets: [0, 4] } };
  const header = new TextEncoder().encode(JSON.stringify(entry, null, indent));
  return Uint8Array.of(header.length, 0, 0, 0, 0, 0, 0, 0, ...header, 0, 0, 0x80, 0x3f);
}

/** The error for a safetensors file whose header is the given value, without data. */
function refusal(header: unknown): string {
  const text = new TextEncoder().encode(JSON.stringify(header)), bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  const source = bytesSource(Uint8Array.of(...bytes, ...text), "x");
  return assertThrows(() => readReferenceCheckpoint(source), FormatError).message;
}

Deno.test("a safetensors header of odd values is refused in one short line", () => {
  const entry = { dtype: "F32", shape: [0], data_offsets: [0, 0] };
  const textless = { toString: 1, valueOf: 1 }, place = "Cannot read x: header: ";
  const reason = `${place}the dtype or shape of a tensor is an object`;
  assertEquals(refusal({ w: { ...entry, dtype: textless } }), reason);
  assertEquals(refusal({ w: { ...entry, shape: [textless] } }), reason);
  assertEquals(refusal({ w: { ...entry, shape: Array(9000).fill(-1) } }).length < 400, true);
  assertEquals(refusal({ __metadata__: {} }), "Cannot read x: holds no tensors");
});

Deno.test("a safetensors header may have lines and tabs", () => {
  for (const indent of ["", " ", "\t"]) {
    const { tensors } = readReferenceCheckpoint(bytesSource(oneNumber(indent), "x"));
    assertEquals(tensors.get("w")!.data, Float32Array.of(1));
  }
});

Deno.test("a safetensors file larger than the limit is not read", () => {
  const source = { ...bytesSource(oneNumber(""), "x"), size: 2 ** 40 };
  assertThrows(
    () => readReferenceCheckpoint(source),
    FormatError,
    "Cannot read x: 1099511627776 bytes, the limit is 4294967296",
  );
});
