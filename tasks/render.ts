/**
 * Films an episode, without graphics hardware.
 *
 * Usage: deno task render --env can [--checkpoint FILE | --run ID --method NAME] [--out episode.gif] (--help)
 *
 * @module
 */
import { environments, type EnvName } from "../src/envs/mod.ts";
import { type Profile, PROFILES } from "../src/experiments/budgets.ts";
import { DEFAULTS } from "../src/experiments/cell.ts";
import { type MethodName, methods } from "../src/methods/mod.ts";
import { cameraFor } from "../src/report/render/cameras.ts";
import { animatedGif } from "../src/report/render/film.ts";
import { draw } from "../src/report/render/picture.ts";
import { requireFilePlaces } from "./destination.ts";
import { integerOf, oneOf, requireWith } from "./flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { write } from "./io.ts";
import { main } from "./main.ts";
import { playDemonstrator } from "./render/demonstrator_episode.ts";
import { playPolicy } from "./render/policy_episode.ts";
import { openStage } from "./render/stage.ts";

const namesOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[];

const MOST_WIDTH = 1920;

const HELP = `Film an episode of any environment and policy as a GIF, without graphics hardware.

Usage: deno task render --env NAME [flags]

  --env NAME         ${namesOf(environments).join(", ")}
  --checkpoint FILE  act with a pre-trained policy
  --run ID           act with the fine-tuned policy of a run, a folder of .work/cells
  --method NAME      the method of that run (dppo): ${namesOf(methods).join(", ")}
  --profile NAME     the profile of the policy, compact or paper (compact)
  --episode N        which episode; evaluation episodes for policies (0)
  --width N          pixels, from 1 to ${MOST_WIDTH} (320); the height is three quarters of it
  --rate N           frames a second at most (25)
  --out FILE         where to write (episode.gif); what is there is replaced
  --help             this text

Without --checkpoint and --run, what makes the demonstrations acts: a scripted demonstrator or the
source policy.

Example: deno task render --env can`;

const OPTIONS = {
  env: { type: "string" },
  checkpoint: { type: "string" },
  run: { type: "string" },
  method: { type: "string" },
  profile: { type: "string" },
  episode: { type: "string", default: "0" },
  width: { type: "string", default: "320" },
  rate: { type: "string", default: "25" },
  out: { type: "string", default: "episode.gif" },
  ...HELP_OPTION,
} as const;

/** Pixels of all frames of a film, which are drawn before they are written: 1 GiB at four bytes each. */
const MOST_PIXELS = 2 ** 28;

/** @throws {Error} when a film would take too much memory */
function requireFewPixels(frames: number, width: number, height: number): void {
  if (frames * width * height <= MOST_PIXELS) return;
  throw new Error(
    `Cannot render: ${frames} frames of ${width} × ${height} pixels are more than ${MOST_PIXELS} ` +
      "pixels in all; lower --width or --rate",
  );
}

main(() => {
  const flags = flagValues(Deno.args, OPTIONS, usageOf("render"));
  const { help, checkpoint, run, out, ...rest } = flags;
  if (help) return console.log(HELP);
  const env: EnvName = oneOf("env", namesOf(environments), rest.env);
  requireWith(flags, "method", "run");
  requireWith(flags, "profile", "checkpoint", "run");
  const method: MethodName = oneOf("method", namesOf(methods), rest.method ?? "dppo");
  const profile: Profile = oneOf("profile", PROFILES, rest.profile ?? "compact");
  const width = integerOf("width", rest.width, 1, MOST_WIDTH), height = Math.ceil(0.75 * width);
  const rate = integerOf("rate", rest.rate, 1, 9999);
  const episode = integerOf("episode", rest.episode, 0), stage = openStage();
  requireFilePlaces([out], checkpoint === undefined ? [] : [checkpoint], true);
  const cell = {
    ...DEFAULTS,
    env,
    method,
    profile,
    optimizer: "adamw",
    variant: {},
    seed: 0,
  } as const;
  const total = checkpoint === undefined && run === undefined
    ? playDemonstrator(env, stage.engines, episode)
    : playPolicy({ cell, checkpoint, run }, stage.engines, episode);
  const { controlTimestep } = environments[env].spec;
  const every = Math.ceil(1 / (rate * controlTimestep));
  const filmed = stage.states.filter((_, i) => i % every === 0);
  requireFewPixels(filmed.length, width, height);
  const frames = filmed.map((state) => {
    const solids = stage.solids(state);
    return draw(solids, cameraFor(env, solids), width, height);
  });
  write(out, animatedGif(frames, every * controlTimestep));
  console.log(
    `${out}: ${frames.length} frames of ${stage.states.length - 1} steps, return ${
      total.toFixed(1)
    }`,
  );
});
