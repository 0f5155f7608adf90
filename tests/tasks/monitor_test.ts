import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type Cell, cellPath, DEFAULTS } from "../../src/experiments/cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { studies } from "../../src/experiments/studies.ts";
import { forecastOf, kindOf } from "../../tasks/study/forecast.ts";
import { monitorOf } from "../../tasks/study/monitor.ts";

const [hopper, square] = ["hopper/dppo-adamw", "square/dppo-adamw"].map((name) =>
  gridOf(studies.table1, DEFAULTS, { only: [name], seeds: [0] })[0]
);

Deno.test("work left is weighed by what parts of the same kind have taken", () => {
  const leftAfter = forecastOf(new Map([["hopper/dppo/", 3], ["square/dppo/", 3]]));
  assertEquals(leftAfter("hopper/dppo/", 1), 5); // Square counts as Hopper while nothing else is known
  assertEquals(leftAfter("square/dppo/", 9), (2 * 1 + 2 * 9) / 10);
  assertEquals(leftAfter("hopper/dppo/", 3), (1 * 2 + 2 * 9) / 13);
});

Deno.test("a kind not yet seen counts as its environment, and that as all others", () => {
  const parts = new Map([["hopper/dppo/", 2], ["lift/dppo/", 1], ["lift/dql/", 1]]);
  const leftAfter = forecastOf(parts);
  leftAfter("hopper/dppo/", 1);
  assertAlmostEquals(leftAfter("lift/dppo/", 5), (1 * 1 + 1 * 5) / 6);
});

Deno.test("cells of one kind differ in arm and seed alone, or hardly in cost", () => {
  const kinds = (study: "table1" | "omega" | "architecture") => [
    ...new Set(gridOf(studies[study], DEFAULTS, { only: ["hopper"], seeds: [0, 1] }).map(kindOf)),
  ];
  assertEquals(kinds("table1").length, 6);
  assertEquals(kinds("omega"), ["hopper/dppo/"]);
  assertEquals(kinds("architecture"), ["hopper/dppo/", "hopper/dppo/unet"]);
});

/** A monitor of two cells with three parts each, its clock and what it says. */
function watched() {
  const said: string[] = [], advanced: [label: string, left?: number][] = [];
  let time = 0;
  const monitor = monitorOf(
    new Map([hopper, square].map((cell) => [kindOf(cell), 3])),
    {
      advance: (label, left) => advanced.push([label, left]),
      note: (text) => said.push(text),
      close: () => {},
    },
    () => time,
  );
  const after = (seconds: number, act: (cell: Cell) => void, cell: Cell) => {
    time += seconds;
    act(cell);
  };
  const minutes = (count: number) => {
    for (let i = 0; i < count; i++) monitor.tick();
  };
  return { monitor, after, minutes, said, advanced };
}

Deno.test("a part takes from the last report of its cell to the next", () => {
  const { monitor, after, advanced } = watched();
  monitor.begin(hopper);
  monitor.begin(square);
  after(2, monitor.advance, hopper);
  after(2, monitor.advance, hopper);
  after(4, monitor.advance, square);
  assertEquals(advanced.map(([label]) => label), [hopper, hopper, square].map(cellPath));
  assertEquals(advanced[2][1], (1 * 2 + 2 * 8) / 12);
});

Deno.test("a cell that is silent for ten minutes is named, again after ten more, until it ends", () => {
  const { monitor, minutes, said } = watched();
  monitor.begin(hopper);
  minutes(9);
  monitor.advance(hopper);
  minutes(9);
  assertEquals(said, []);
  minutes(11);
  assertEquals(
    said.map((text) => text.split(";")[0]),
    [10, 20].map((n) => `hopper/dppo-adamw/seed-0: no iteration has ended for ${n} minutes`),
  );
  monitor.end(hopper);
  minutes(30);
  assertEquals(said.length, 2);
});
