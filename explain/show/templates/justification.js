"use strict";
const tree = document.querySelector(".why");
// The words of the provision that a reason rests on; a record has none of its own, and lights those of the reason above it.
const spans = (link) => {
  for (let place = link.closest("li"); place; place = place.parentElement.closest("li")) {
    const above = place.querySelector("a[data-law]");
    if (above.dataset.law === link.dataset.law && above.dataset.spans) return above.dataset.spans.split(" ");
  }
  return link.closest("li") ? [] : ["all"];
};
const light = (link) => {
  const name = link.dataset.law;
  const own = spans(link);
  document.querySelectorAll(".provision.lit").forEach((one) => one.classList.remove("lit"));
  const found = name && document.getElementById(name);
  if (found) {
    found.classList.add("lit");
    for (const mark of found.querySelectorAll("mark")) {
      const parts = mark.dataset.spans.split(" ");
      mark.classList.toggle("on", own[0] === "all" || parts.some((one) => own.includes(one)));
    }
    found.scrollIntoView({ block: "nearest" });
  }
};
const reasons = () => [...tree.querySelectorAll("a[data-law]")].filter((one) => one.offsetParent !== null);
tree.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-law]");
  if (link) {
    event.preventDefault();
    link.focus();
    light(link);
  }
});
tree.addEventListener("focusin", (event) => {
  if (event.target.dataset && event.target.dataset.law) light(event.target);
});
tree.addEventListener("keydown", (event) => {
  const link = event.target.closest("a[data-law]");
  if (!link) return;
  const all = reasons();
  const at = all.indexOf(link);
  const inside = link.parentElement.tagName === "SUMMARY" ? link.parentElement.parentElement : null;
  const outer = link.closest("li") && link.closest("li").parentElement.closest("li");
  const go = (one) => one && one.focus();
  const keys = {
    ArrowDown: () => go(all[at + 1]),
    ArrowUp: () => go(all[at - 1]),
    Home: () => go(all[0]),
    End: () => go(all[all.length - 1]),
    ArrowRight: () => (inside && !inside.open ? (inside.open = true) : go(inside && all[at + 1])),
    ArrowLeft: () => (inside && inside.open ? (inside.open = false) : go(outer && outer.querySelector("a[data-law]"))),
    " ": () => inside && (inside.open = !inside.open),
    Enter: () => light(link),
  };
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
