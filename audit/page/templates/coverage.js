"use strict";
// Find and filter, and open the cases for print; without scripts everything is shown.
{
  const form = document.querySelector(".find");
  const [input, select, count] = form.elements;
  const rows = [...document.querySelectorAll(".row")].map((row) => [row, row.textContent.toLowerCase()]);
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of rows) {
      const fits = words.every((word) => text.includes(word)) && (!select.value || row.classList.contains(select.value));
      row.hidden = !fits;
      const mark = select.value.startsWith("case-") ? select.value : "";
      for (const each of row.querySelectorAll(".cases li")) each.hidden = mark !== "" && !each.classList.contains(mark);
      const folded = row.querySelector(".cases");
      if (folded && mark && fits) folded.open = true;
      shown += fits;
    }
    for (const chapter of document.querySelectorAll(".chapter")) {
      let next = chapter.nextElementSibling;
      while (next?.hidden) next = next.nextElementSibling;
      chapter.hidden = !next?.classList.contains("row");
    }
    document.querySelector(".nothing").hidden = shown > 0;
    count.value = `${shown} / ${rows.length}`;
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", show);
  select.addEventListener("change", show);
  const reveal = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = place?.closest(".row");
    if (!row) return;
    if (row.hidden) {
      input.value = select.value = "";
      show();
    }
    const folded = place.closest("details");
    if (folded) folded.open = true;
    place.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".cases:not([open])")];
    for (const each of opened) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
  show();
  reveal();
}
