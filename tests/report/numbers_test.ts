import { assertEquals } from "@std/assert";
import {
  digits,
  exact,
  fourDigits,
  shownEstimate,
  shownInterval,
  shownP,
  significant,
  thousandths,
  threeDigits,
} from "../../src/report/numbers.ts";

Deno.test("threeDigits() shows three digits, all before the point, or two with an exponent", () => {
  assertEquals([1434.4, 0.01234, -0.5, 1.234e-9, 3, 0].map(threeDigits), [
    "1434",
    "0.0123",
    "−0.5",
    "1.2e-9",
    "3",
    "0",
  ]);
});

Deno.test("every format writes a negative number with a minus sign, and exponents with a hyphen", () => {
  assertEquals(
    [
      exact(-28.25),
      digits(-28.25),
      fourDigits(-28.25),
      thousandths(-28.25),
      significant(-28.25, 5),
    ],
    ["−28.25", "−28", "−28.25", "−28.250", "−28.250"],
  );
  assertEquals([threeDigits(-1.234e-9), fourDigits(-1e-12)], ["−1.2e-9", "−1e-12"]);
  assertEquals([fourDigits(Infinity), fourDigits(-Infinity)], ["∞", "−∞"]);
});

Deno.test("estimates and their intervals share a format", () => {
  const interval = { low: -0.5, high: 12.34567 };
  assertEquals(shownInterval(interval), "[−0.5, 12.35]");
  assertEquals(shownEstimate(1, interval), "1.00 [−0.50, 12]");
  assertEquals(shownEstimate(1, interval, thousandths), "1.000 [−0.500, 12.346]");
  assertEquals(shownEstimate(1, null), "1.00");
});

Deno.test("shownP() gives three digits, or says below what they can show", () => {
  assertEquals([0.0312, 0.001, 0.00099, 0].map(shownP), ["0.031", "0.001", "< 0.001", "< 0.001"]);
});
