/**
 * What `--help` says of `reproduce:table1` and the other studies.
 *
 * @module
 */
import { environments } from "../../src/envs/mod.ts";
import {
  type BudgetName,
  BUDGETS,
  budgets,
  type Profile,
  PROFILES,
} from "../../src/experiments/budgets.ts";
import { armName, DEFAULTS } from "../../src/experiments/cell.ts";
import { cellNames, gridOf } from "../../src/experiments/grid.ts";
import { cellLoop } from "../../src/experiments/open_cell.ts";
import { studies, type StudyName } from "../../src/experiments/studies.ts";
import { distinct } from "../../src/report/cell_score.ts";
import { terminalTable } from "../../src/report/text_table.ts";
import type { EnvSpec } from "../../src/rl/environment.ts";
import { analyses } from "../analysis/analyses.ts";
import { isMeasured } from "../analysis/analysis.ts";

/** The text of `--help`. */
export const helpOf = (study: StudyName): string =>
  `${studies[study].title}: ${studies[study].question}
Fine-tunes every cell, all arms sharing seeds, data, initial networks and noise, and compares them.
${measures(study)}
Usage: deno task reproduce:${study} [flags]

  --profile compact|paper    sizes of networks and rollouts (compact)
  --budget smoke|short|full  how far runs go, see below; a smoke run is the beginning of a full one
                             (smoke)
  --seeds 0-2                seeds as a list or range: 0,1,5 or 0-4 (the budget's)
  --only ENV[/METHOD[-ARM]]  only these of the cells below, separated by commas, for example
                             ${exampleOf(study)}
  --pretrained FILE          start from this policy of deno task pretrain or checkpoint:import,
                             below the project's folder; needs one environment
${study === "table1" ? OMEGA : ""}\
  --fidelity NAME            reference or corrected: keep the reference's quirks or do what it means
                             to do (reference)
${study === "table1" ? NUMERICS : ""}\
  --jobs N                   cells at a time; does not change results (the number of cores, at
                             most 8)
  --rollout-workers N        workers that step one cell's environments, worth it for robot arms and
                             more cores than cells; does not change results (1)
  --skip-published           run no cell that this very code has already published, here or in
                             another study
  --out FOLDER               where tables and evidence go, below results/ (results/${study})
  --dry-run                  say what would run and how many iterations that is, write nothing
  --json                     print JSON instead of text
  --help                     this text

Cells, as ENV / METHOD / ARM:
${indented(cellNames(studies[study]).map(inRows).join("\n"))}

Budgets, in iterations of each cell and seeds:
${indented(budgetTable(study))}

Interrupt at any time: the same command goes on where it stopped. Work in progress is kept in
.work/.`;

/** Whose networks are measured, and what that asks of `.work/`; nothing for studies that measure none. */
function measures(study: StudyName): string {
  const cells = gridOf(studies[study], DEFAULTS, { seeds: [0] });
  const measured = cells.filter((cell) => isMeasured(analyses[study], cell));
  if (measured.length === 0) return "";
  const arms = measured.length === cells.length
    ? "every arm"
    : `${distinct(measured.map(armName)).join(", ")} alone`;
  return `Then measures the trained networks of ${arms};
those that .work/ no longer holds are trained anew for that, even with --skip-published.
`;
}

const OMEGA = `  --omega N                  ω of ADAPG, in (0, 2) (${DEFAULTS.omega})\n`;

const NUMERICS =
  `  --numerics strict|blas     matrix products with the same bytes everywhere, or by a BLAS library,
                             faster, with the same bytes on one machine; reproduce:table1:blas
                             may load it (strict)
  --blas-library PATH        with --numerics blas, which library (OpenBLAS; Accelerate on macOS)
  --blas-threads N           with --numerics blas, threads of each matrix product (1)
`;

const indented = (text: string): string => text.replaceAll(/^/gm, "  ");

/** A list that is broken after a comma where it is long. */
const inRows = (list: string): string =>
  list.match(/.{1,94}(?:, |$)/g)!.map((row) => row.trimEnd()).join("\n  ");

/** Two names that `--only` takes: a comparison and one of its arms. */
function exampleOf(study: StudyName): string {
  const { envs: [env], methods: [method], arms: [arm] } = studies[study].parts[0];
  return `${env}/${method} or ${env}/${method}-${armName(arm)}`;
}

const budgetTable = (study: StudyName): string =>
  terminalTable({
    labels: 1 + PROFILES.length,
    lines: [
      ["", ...PROFILES],
      ...BUDGETS.map((name) => [name, ...PROFILES.map((profile) => extent(study, profile, name))]),
    ],
  });

/** `101 (robot arms 61), 3 seeds` */
function extent(study: StudyName, profile: Profile, budget: BudgetName): string {
  const cells = gridOf(studies[study], { ...DEFAULTS, profile, budget }, { seeds: [0] });
  const span = (metric: EnvSpec["metric"]): string =>
    spanOf(
      cells.filter(({ env }) => environments[env].spec.metric === metric)
        .map((cell) => cellLoop(cell).iterations),
    );
  const all = spanOf(cells.map((cell) => cellLoop(cell).iterations));
  const robots = span("return"), arms = span("success");
  const iterations = robots === "" || arms === "" || robots === arms
    ? all
    : `${robots} (robot arms ${arms})`;
  const { seeds } = budgets[profile][budget];
  return `${iterations}, ${seeds} ${seeds === 1 ? "seed" : "seeds"}`;
}

/** `300` or `300 to 500`; nothing for no counts. */
function spanOf(counts: readonly number[]): string {
  if (counts.length === 0) return "";
  const least = Math.min(...counts), most = Math.max(...counts);
  return least === most ? `${least}` : `${least} to ${most}`;
}
