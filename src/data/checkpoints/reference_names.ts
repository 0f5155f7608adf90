/**
 * The networks of a trained method under the names that the reference's modules give them.
 *
 * @see irom-lab/dppo `model/diffusion/diffusion_vpg.py`, `diffusion_qsm.py`
 * @module
 */
import { tensorsOf } from "../../provenance/params_file.ts";
import type { StoredTensor } from "../../provenance/stored_tensor.ts";
import type { Params } from "../../tensor/params.ts";

/** QSM's critic is called `critic_q` and its target `target_q`. */
const QSM: Readonly<Record<string, string>> = { critic: "critic_q", criticTarget: "target_q" };

/**
 * The tensors of a method's state: `actorFt` becomes `actor_ft.*`, and so on. The reference keeps the actor as
 * `network` too, so it appears under both names. Optimizer moments and counters are left out.
 *
 * @param state a state of the registry's methods
 */
export function referenceTensors(
  method: string,
  state: Readonly<Record<string, unknown>>,
): [name: string, tensor: StoredTensor][] {
  return Object.entries(state).flatMap(([field, value]) => {
    const params = paramsIn(value);
    if (params === undefined) return [];
    const own = (method === "qsm" ? QSM[field] : undefined) ?? snakeCase(field);
    const names = field === "actor" ? ["network", own] : [own];
    return names.flatMap((name) => tensorsOf(params, `${name}.`));
  });
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** Parameters, bare or inside an optimizer's state. */
function paramsIn(value: unknown): Params | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { theta = value } = value as { theta?: unknown };
  return typeof theta === "object" && theta !== null && "layout" in theta && "data" in theta
    ? theta as Params
    : undefined;
}
