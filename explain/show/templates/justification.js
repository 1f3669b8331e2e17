"use strict";
const tree = document.querySelector(".why");
const light = (name) => {
  document.querySelectorAll(".provision.lit").forEach((one) => one.classList.remove("lit"));
  const found = name && document.getElementById(name);
  if (found) {
    found.classList.add("lit");
    found.scrollIntoView({ block: "nearest" });
  }
};
const reasons = () => [...tree.querySelectorAll("a[data-law]")].filter((one) => one.offsetParent !== null);
tree.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-law]");
  if (link) {
    event.preventDefault();
    link.focus();
    light(link.dataset.law);
  }
});
tree.addEventListener("focusin", (event) => {
  if (event.target.dataset && event.target.dataset.law) light(event.target.dataset.law);
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
    Enter: () => light(link.dataset.law),
  };
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
