// A bar at the top of a page while its database is not what the application needs.
(function () {
  "use strict";
  var script = document.currentScript;
  var health = script.getAttribute("data-health") || new URL("/api/system/health", script.src).href;
  var seconds = Math.max(5, Number(script.getAttribute("data-seconds")) || 60);
  var showOk = script.getAttribute("data-show-ok") === "yes";
  var bar = null;

  function show(status, text) {
    if (!bar) {
      bar = document.createElement("div");
      bar.setAttribute("role", "status");
      bar.className = "plumb-banner";
      var style = bar.style;
      style.boxSizing = "border-box";
      style.width = "100%";
      style.padding = "0.6rem 1rem";
      style.font = "1rem/1.4 system-ui, sans-serif";
      document.body.insertBefore(bar, document.body.firstChild);
    }
    var colours = { ok: ["#e3f1e6", "#123d1d"], warning: ["#fdf0c8", "#4a3500"], error: ["#fbdcd8", "#5c100a"] }[status];
    bar.style.background = colours[0];
    bar.style.color = colours[1];
    bar.textContent = { ok: "Database ok: ", warning: "Database warning: ", error: "Database error: " }[status] + text;
  }

  function hide() {
    if (bar) bar.remove();
    bar = null;
  }

  function ask() {
    fetch(health, { cache: "no-store" })
      .then(function (answer) { return answer.json(); })
      .then(function (state) {
        if (state.status === "ok" && !showOk) return hide();
        show(state.status === "ok" || state.status === "warning" ? state.status : "error", String(state.reason));
      })
      .catch(function () { show("error", "its state cannot be asked"); });
  }

  ask();
  setInterval(ask, seconds * 1000);
})();
