// Draws the tables of the dashboard with the Chart.js that unfold brings along.
// The numbers and their texts are the table's own: the drawing adds none.

const Chart = /** @type {any} */ (window).Chart;
Chart.defaults.font.family = "Inter, sans-serif";

/** @param {HTMLElement} graph */
function read(graph) {
  const heads = [...graph.querySelectorAll("thead th")].slice(1);
  const rows = [...graph.querySelectorAll("tbody tr")].map((row) => ({
    label: row.querySelector("th")?.textContent?.trim() ?? "",
    cells: [...row.querySelectorAll("td")],
  }));
  return {
    labels: rows.map((row) => row.label),
    series: heads.map((head, place) => ({
      name: head.textContent ?? "",
      numbers: rows.map((row) => Number(row.cells[place].dataset.number)),
      texts: rows.map((row) => row.cells[place].textContent ?? ""),
    })),
  };
}

/** How an axis names an amount: short, and without cents. @param {HTMLElement} graph */
function amounts(graph) {
  const { currency, decimals } = graph.dataset;
  if (!currency) return String;
  const format = new Intl.NumberFormat("fr-FR", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  });
  return (/** @type {number} */ value) => format.format(value / 10 ** Number(decimals));
}

/** @param {HTMLElement} graph */
function colours(graph) {
  const style = getComputedStyle(graph);
  const named = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    bars: [named("--graph-first"), named("--graph-second")],
    text: named("--text"),
    line: named("--line"),
  };
}

/** @param {any} chart @param {HTMLElement} graph */
function paint(chart, graph) {
  const { bars, text, line } = colours(graph);
  chart.data.datasets.forEach((/** @type {any} */ dataset, /** @type {number} */ place) => {
    dataset.backgroundColor = dataset.hoverBackgroundColor = bars[place];
  });
  chart.options.plugins.legend.labels.color = text;
  for (const scale of Object.values(chart.options.scales)) {
    scale.ticks.color = text;
    scale.grid.color = line;
  }
  chart.update();
}

/** @param {HTMLElement} graph */
function draw(graph) {
  const drawing = /** @type {HTMLElement} */ (graph.querySelector("[data-graph-drawing]"));
  const { labels, series } = read(graph);
  const isLying = graph.dataset.graph === "states";
  const numbers = {
    beginAtZero: true,
    stacked: true,
    border: { display: false },
    grid: {},
    ticks: { callback: amounts(graph), maxTicksLimit: 6, precision: 0 },
  };
  const names = { stacked: true, border: { display: false }, grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 12 } };
  drawing.hidden = false;
  graph.toggleAttribute("data-drawn", true);
  graph.querySelector("[data-graph-figures]")?.toggleAttribute("open", isLying);
  const { bars } = colours(graph);
  const chart = new Chart(drawing.querySelector("canvas"), {
    type: "bar",
    data: {
      labels,
      datasets: series.map((one, place) => ({
        label: one.name,
        // What goes back hangs below the line, under what came in that day.
        data: place === 0 ? one.numbers : one.numbers.map((number) => -number),
        backgroundColor: bars[place], // else Chart.js gives it one of its own
        borderRadius: 3,
        maxBarThickness: 28,
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      indexAxis: isLying ? "y" : "x",
      plugins: {
        legend: { display: series.length > 1, align: "end", labels: { boxWidth: 10, boxHeight: 10 } },
        tooltip: {
          callbacks: {
            label: (/** @type {any} */ point) =>
              `${series[point.datasetIndex].name} : ${series[point.datasetIndex].texts[point.dataIndex]}`,
          },
        },
      },
      scales: isLying ? { x: numbers, y: names } : { x: names, y: numbers },
    },
  });
  paint(chart, graph);
  return () => paint(chart, graph);
}

const repaints = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-graph]"))].map(draw);
// Dark and light are a class of the page, which unfold's switch changes.
new MutationObserver(() => repaints.forEach((repaint) => repaint())).observe(document.documentElement, {
  attributes: true,
  attributeFilter: ["class"],
});
// A canvas does not follow a font that arrives after it was drawn.
document.fonts.load("12px Inter").then(() => repaints.forEach((repaint) => repaint()));
