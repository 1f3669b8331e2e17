// The wall and the operator's screen: keys press the page's own buttons, and what another screen moved on is shown.
// Without this file both work by their buttons; nothing is decided here.
"use strict";
(() => {
  const live = () => document.querySelector("[data-live]");
  const whole = (words) => new DOMParser().parseFromString(words, "text/html").querySelector("[data-live]");
  let waiting = 0;
  let line = Promise.resolve();
  let ending = 0;
  let pressed = false;

  const put = (fresh) => {
    const old = live();
    if (fresh && old && fresh.dataset.live !== old.dataset.live) {
      old.replaceWith(document.adoptNode(fresh));
      live().querySelector("[autofocus]")?.focus();
    }
  };

  // One after the other: a press waits for what is under way, and is never lost.
  const ask = (address, options) => {
    waiting += 1;
    line = line.then(async () => {
      try {
        const answer = await fetch(address, { credentials: "same-origin", ...options });
        if (answer.ok) put(whole(await answer.text()));
      } catch (trouble) {
        // the line is down: the next try shows what was missed
      } finally {
        waiting -= 1;
      }
    });
  };

  const press = (go) => {
    const button = document.querySelector(`.keys [name=go][value=${go}]`);
    if (!button) return;
    const sent = new FormData(button.form);
    sent.set("go", go);
    if (!pressed) {
      pressed = true;
      ask(button.form.getAttribute("action") || location.href, { method: "POST", body: sent });
      line = line.then(() => { pressed = false; });
    }
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, a, summary");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    const keys = { " ": "next", Enter: "next", Backspace: "back" };
    if (event.key === "Escape") {
      event.preventDefault();
      const told = document.querySelector(".again");
      if (Date.now() - ending < 5000) press("end");
      else if (told) { ending = Date.now(); told.hidden = false; setTimeout(() => { told.hidden = true; }, 5000); }
    } else if (keys[event.key] && !event.repeat) {
      const button = event.target.closest("button");
      if (button && event.key !== "Backspace" && button.value !== "next") return;
      event.preventDefault();
      press(keys[event.key]);
    }
  });

  document.addEventListener("submit", (event) => {
    const go = event.submitter?.value;
    if (event.target.matches(".keys") && (go === "next" || go === "back")) {
      event.preventDefault();
      press(go);
    }
  });

  setInterval(() => { if (!waiting) ask(location.href); }, 2000);
})();
