// Puts an interactive chart in the place of each picture when it comes near the window, in the report and in the pages of notebooks. A picture
// stays where its chart cannot be drawn, and in print.
(() => {
  "use strict";
  if (!window.Plotly) return;

  const draw = async (chart) => {
    const live = document.createElement("div");
    live.className = "live";
    live.setAttribute("role", "img");
    live.setAttribute("aria-label", chart.dataset.description);
    chart.append(live);
    try {
      const figure = JSON.parse(chart.querySelector("script").textContent);
      await window.Plotly.newPlot(live, figure.data, figure.layout, { responsive: true, displaylogo: false, ...figure.config });
      chart.classList.add("is-live");
    } catch {
      live.remove();
    }
  };

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((e) => e.isIntersecting)) {
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "400px" });
  for (const chart of document.querySelectorAll(".chart")) seen.observe(chart);
})();
