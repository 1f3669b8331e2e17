// Keys for whoever reads many rows: / to the search, j and k to the next and previous row, Enter opens what has the
// focus, [ and ] to the previous and next page of a row. Nothing needs them; where something is typed they are letters.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const rows = [...document.querySelectorAll("main tbody th[scope=row] a, main tbody td:first-child > a, main ul.rows > li > a")];
  const at = rows.indexOf(document.activeElement);
  const wanted = {
    "/": () => document.querySelector("main input[type=search]"),
    j: () => rows[Math.min(at + 1, rows.length - 1)],
    k: () => rows[Math.max(at - 1, 0)],
    "[": () => document.querySelector("main a[rel=prev]"),
    "]": () => document.querySelector("main a[rel=next]"),
  }[event.key]?.();
  if (!wanted) return;
  event.preventDefault();
  if (wanted.rel) wanted.click();
  else wanted.focus();
});
