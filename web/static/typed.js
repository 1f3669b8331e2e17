// A form that is judged as it is typed: at every change its own page is asked, and the part that answers is shown anew.
// Without this file the button beside it asks.
"use strict";
(() => {
  let asked = 0;
  document.addEventListener("change", async (event) => {
    const form = event.target.closest("form[data-typed]");
    if (!form) return;
    const number = (asked += 1);
    const sent = new FormData(form);
    sent.set("act", "look");
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: sent, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [fresh, old] = [page, document].map((one) => one.getElementById(form.dataset.typed));
      if (number === asked && fresh && old) old.replaceChildren(...[...fresh.childNodes].map((one) => document.adoptNode(one)));
    } catch (trouble) {
      // the line is down: the button asks again
    }
  });
})();
