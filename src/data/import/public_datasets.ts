/**
 * Public data sets that the reference's experiments start from.
 *
 * Sizes and digests of D4RL's files are those recorded by TensorFlow Datasets (`d4rl_mujoco_*`, `checksums.tsv`);
 * none are published for robomimic's `low_dim_v141` files, the version for robosuite 1.4.1.
 *
 * @see https://github.com/Farama-Foundation/D4RL `d4rl/infos.py`; https://robomimic.github.io/docs/datasets
 * @module
 */

/** A file to download. */
export interface PublicDataset {
  readonly url: string;
  /** The environment to import it for. */
  readonly env: string;
  readonly bytes?: number;
  readonly sha256?: string;
}

const D4RL = "http://rail.eecs.berkeley.edu/datasets/offline_rl/gym_mujoco_v2";
const ROBOMIMIC = "http://downloads.cs.stanford.edu/downloads/rt_benchmark";

const robomimic = (env: string, source: "ph" | "mh"): PublicDataset => ({
  url: `${ROBOMIMIC}/${env}/${source}/low_dim_v141.hdf5`,
  env,
});

/** Data sets by name. */
export const publicDatasets: Readonly<Record<string, PublicDataset>> = {
  "hopper-medium-v2": {
    url: `${D4RL}/hopper_medium-v2.hdf5`,
    env: "hopper",
    bytes: 152756557,
    sha256: "5bdf1bc4a713c82941de44633df669b36c89850b652a25985166796d25cf71a0",
  },
  "walker2d-medium-v2": {
    url: `${D4RL}/walker2d_medium-v2.hdf5`,
    env: "walker2d",
    bytes: 232254996,
    sha256: "cf00f43add04c17fdfc2958dd581dea0851b2e5bedbe6fda073758a8f841aeda",
  },
  "halfcheetah-medium-v2": {
    url: `${D4RL}/halfcheetah_medium-v2.hdf5`,
    env: "halfcheetah",
    bytes: 237727262,
    sha256: "41324e8487a9556d8cfa4538827f8937f4d63dae3030825ebc9f3a726ed08ca0",
  },
  "lift-ph": robomimic("lift", "ph"),
  "lift-mh": robomimic("lift", "mh"),
  "can-ph": robomimic("can", "ph"),
  "can-mh": robomimic("can", "mh"),
  "square-ph": robomimic("square", "ph"),
  "square-mh": robomimic("square", "mh"),
};
