// Runs in the page: opens what is folded and writes to the console what a reader's screen holds.
addEventListener("load", () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  all("details").forEach((details) => details.open = true);
  const colourOf = (selector) => {
    const style = getComputedStyle(document.querySelector(selector));
    return selector.startsWith("svg") ? style.fill : style.color;
  };
  const TEXTS = ["body", "figcaption", "a", "svg.panel text"];
  const isEmpty = (svg) => {
    const { width, height } = svg.getBoundingClientRect();
    return width === 0 || height === 0;
  };
  const isCutUnseen = (table) =>
    table.scrollWidth > table.clientWidth && getComputedStyle(table).backgroundImage === "none";
  const { clientWidth, scrollWidth } = document.documentElement;
  console.log(
    "measured " + JSON.stringify({
      width: clientWidth,
      contentWidth: scrollWidth,
      background: getComputedStyle(document.body).backgroundColor,
      texts: Object.fromEntries(TEXTS.map((selector) => [selector, colourOf(selector)])),
      sections: all("h2").map((heading) => heading.textContent),
      figures: all("figure").length,
      emptyPanels: all("figure svg").filter(isEmpty).length,
      cutTables: all(".scroll").filter(isCutUnseen).length,
    }),
  );
});
