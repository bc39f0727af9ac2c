// Brings the page up to date every few seconds, without losing what has been opened or where one reads.
(function () {
  "use strict";
  var every = 10000;
  var connection = document.getElementById("connection");

  function localTimes() {
    document.querySelectorAll("time[datetime]").forEach(function (one) {
      one.title = new Date(one.dateTime).toLocaleString();
    });
  }

  function replace(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    var next = fresh.getElementById("content");
    var old = document.getElementById("content");
    if (!next || next.innerHTML === old.dataset.shown) return;
    document.querySelectorAll("details[open]").forEach(function (one) {
      var same = next.querySelector("#" + one.id);
      if (same) same.open = true;
    });
    document.title = fresh.title;
    next.dataset.shown = next.innerHTML;
    old.replaceWith(next);
    localTimes();
  }

  function refresh() {
    if (document.hidden) return;
    fetch("/", { cache: "no-store" })
      .then(function (answer) { if (!answer.ok) throw new Error(); return answer.text(); })
      .then(function (text) { replace(text); connection.textContent = "reads only"; })
      .catch(function () { connection.textContent = "the server does not answer; this page is as it was"; });
  }

  localTimes();
  setInterval(refresh, every);
  document.addEventListener("visibilitychange", refresh);
})();
