import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { contrast, faultsOf, type Look, type Measured } from "../../tasks/report/page_faults.ts";
import { contentsOf, framed, probed, readLog } from "../../tasks/report/page_text.ts";
import { runDeno } from "../run_deno.ts";

const CONTENTS = { sections: ["Table I", "Claims"], figures: 2 };
const LIGHT = { background: "rgb(255, 255, 255)", texts: { body: "rgb(0, 0, 0)" } };
const DARK = { background: "rgb(0, 0, 0)", texts: { body: "rgb(255, 255, 255)" } };

/** A faultless look but for what is given. */
function look(scheme: Look["scheme"], measured: Partial<Measured> = {}, messages: string[] = []) {
  const size = { width: 390, contentWidth: 390, emptyPanels: 0, cutTables: 0 };
  const colours = scheme === "light" ? LIGHT : DARK;
  return {
    width: 390,
    scheme,
    measured: { ...CONTENTS, ...size, ...colours, ...measured },
    messages,
  };
}

const faults = (...looks: readonly Look[]) => faultsOf(looks, CONTENTS);

Deno.test("a page that holds all it should has no fault", () => {
  assertEquals(faults(look("light"), look("dark")), []);
});

Deno.test("each fault of a page is named after its width and scheme", () => {
  const cases: [Look, string][] = [
    [look("dark", {}, ["Loading failed"]), "390 px, dark: the console says Loading failed"],
    [
      look("light", { contentWidth: 412 }),
      "390 px, light: the page scrolls sideways, it is 412 px wide",
    ],
    [
      look("light", { width: 300, contentWidth: 300 }),
      "390 px, light: the page was shown 300 px wide",
    ],
    [look("dark", { emptyPanels: 3 }), "390 px, dark: 3 plots have no size"],
    [
      look("light", { cutTables: 2 }),
      "390 px, light: 2 tables go on beyond their edge without a shadow",
    ],
    [look("dark", { figures: 1 }), "390 px, dark: there are 1 figures, not 2"],
    [
      look("dark", { sections: ["Claims", "Table I"] }),
      "390 px, dark: section 1 is “Claims”, not “Table I”",
    ],
    [
      look("dark", { sections: ["Table I"] }),
      "390 px, dark: section 2 is absent, not “Claims”",
    ],
    [
      look("dark", { sections: ["Table I", "Claims", "Third"] }),
      "390 px, dark: section 3 is “Third”, not absent",
    ],
    [
      look("light", { texts: { body: "rgb(153, 153, 153)" } }),
      "390 px, light: the contrast of body is 2.85 (rgb(153, 153, 153) on rgb(255, 255, 255)), not 4.5",
    ],
    [
      look("light", { background: "rgba(0, 0, 0, 0)" }),
      "390 px, light: the contrast of body is NaN (rgb(0, 0, 0) on rgba(0, 0, 0, 0)), not 4.5",
    ],
  ];
  for (const [found, fault] of cases) assertEquals(faults(found), [fault]);
});

Deno.test("a page that looks in dark as it does in light has a fault in dark", () => {
  assertEquals(faults(look("light"), look("dark", LIGHT)), [
    "390 px, dark: the colour of background is rgb(255, 255, 255) as in light",
    "390 px, dark: the colour of body is rgb(0, 0, 0) as in light",
  ]);
});

Deno.test("contrast() is WCAG's: 21 for black on white, 4.54 for #767676 on white, in either order", () => {
  assertEquals(contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)"), 21);
  for (
    const [a, b] of [[118, 255], [255, 118]].map((pair) => pair.map((x) => `rgb(${x}, ${x}, ${x})`))
  ) {
    assertEquals(contrast(a, b).toFixed(2), "4.54");
  }
});

Deno.test("titles may keep spaces from breaking", () => {
  assertEquals(faults(look("light", { sections: ["Table\u00a0I", "Claims"] })), []);
});

Deno.test("contentsOf() counts sections and figures of Markdown, those inside details too", () => {
  const markdown =
    "# Title\n\n## One\n\n![a](a.svg)\n\n### Three\n\n<details>\n\n![b](b.svg)\n\n</details>\n\n## Two\n";
  assertEquals(contentsOf(markdown), { sections: ["One", "Two"], figures: 2 });
});

Deno.test("a probed page may load nothing and run no script but the probe", () => {
  const html = probed('<html><head><meta charset="utf-8"></head><body></body></html>');
  assertStringIncludes(
    html,
    '<head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'',
  );
  assertStringIncludes(html, '</html><script nonce="probe">');
  assertThrows(() => probed("<p>"), Error, "found no <head>");
  assertStringIncludes(framed("page.html", 390), "width: 390px");
});

/** A line of Chromium's log. */
const logged = (text: string) =>
  `[1:1:1128/093717.7:INFO:CONSOLE:3] "${text}", source: file:///page.html (3)\n`;

Deno.test("readLog() takes what was measured and every other message of the console, quotes and line breaks included", () => {
  const log = '[1:1:ERROR:bus.cc:405] Failed to connect "x"\n' + logged('measured {"width":390}') +
    logged('attribute d: Expected number, "MNaN,0".') +
    logged("two\nlines").replace("CONSOLE:3", "CONSOLE(3)");
  assertEquals(readLog(log) as unknown, {
    measured: { width: 390 },
    messages: ['attribute d: Expected number, "MNaN,0".', "two\nlines"],
  });
  assertThrows(
    () => readLog(logged("Uncaught TypeError")),
    Error,
    "last words are Uncaught TypeError",
  );
  assertThrows(
    () => readLog("first\nlast\n"),
    Error,
    "Cannot check the page: it measured nothing, the browser's last words are last",
  );
});

Deno.test("report:check starts no program but Chromium", async () => {
  const { code, error } = await runDeno([
    "task",
    "--quiet",
    "report:check",
    "--chromium",
    "/bin/sh",
  ]);
  assertEquals([code, error], [
    1,
    "error: Cannot read flags: --chromium must be one of chromium, chromium-browser, google-chrome on the PATH, " +
    'by name or by path, found "/bin/sh"\n',
  ]);
});
