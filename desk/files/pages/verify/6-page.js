// The page itself: what was given, what came out, in words.
const WORDS = JSON.parse(document.getElementById("words").textContent);
const PIECE = 400; // rows of a walk shown at once

function say(key, parameters = {}) {
  const words = WORDS[key] === undefined ? key : WORDS[key];
  return words.replace(/\{(\w+)\}/g, (_, name) => (parameters[name] === undefined ? "" : String(parameters[name])));
}

function made(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

// A day as papers write it; 20261201 or 2026-12-01.
function dayWords(day) {
  const [, y, m, d] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(String(day)) || [];
  const bare = document.documentElement.lang.startsWith("zh"); // 2026年1月5日, but 2026-01-05
  return y ? say("a_day", { y, m: bare ? Number(m) : m, d: bare ? Number(d) : d }) : String(day);
}

const listed = (lines, className) => made("ul", className ? { class: className } : {}, ...lines.map((line) => made("li", {}, line)));
const called = (checker, id) => (checker.names.has(id) ? `${id} ${checker.names.get(id)}` : id);

// What is known of each problem, in words; a place in the record where there is one.
function problemWords(problem) {
  const key = `problem_${problem.code}`;
  return say(WORDS[key] === undefined ? "problem_other" : key, problem);
}

function verdictWords(checker, group, row, said) {
  const reasons = said ? said.reasons.map((one) => say(`reason_${one.reason}`) + (one.citation ? say("cited", one) : "")) : [];
  if (row.verdict === "reserved") {
    const places = row.tight.places.map((one) => say(`places_${one.only}`, one)).join(say("and"));
    const who = row.tight.give.map((one) => say("gives", { who: one.reviewer, number: one.gives })).join(say("and"));
    return say("reserved", { places, who, number: row.tight.need, name: row.reviewer, group });
  }
  return say(`verdict_${row.verdict}`) + (reasons.length ? say("because", { reasons: reasons.join(say("and")) }) : "");
}

function walkTable(checker, group, rows, said) {
  const head = ["place", "reviewer", "verdict", "ticket"].map((name) => made("th", { scope: "col" }, say(name)));
  const body = made("tbody");
  const more = made("button", { type: "button" }, say("more"));
  let shown = 0;
  const show = () => {
    for (const row of rows.slice(shown, shown + PIECE)) {
      const cells = [String(row.place), called(checker, row.reviewer), verdictWords(checker, group, row, said.get(row.reviewer)), ticket(checker.seed, checker.commitment, group, "M", row.reviewer)];
      body.append(made("tr", { class: row.verdict === "taken" ? "taken" : "" }, ...cells.map((words, i) => made("td", i === 3 ? { class: "lot" } : {}, words))));
    }
    shown += PIECE;
    more.hidden = shown >= rows.length;
  };
  more.addEventListener("click", show);
  show();
  return made("div", {}, made("table", {}, made("thead", {}, made("tr", {}, ...head)), body), more);
}

// A group: who sits there now, and behind a fold the walk, made only when it is opened.
function groupPart(checker, group, result) {
  const seats = result.panels[group] || [];
  const part = made("section", {}, made("h3", {}, called(checker, group)));
  const size = checker.field.seats.get(group);
  if (!result.panels[group]) part.append(made("p", {}, say("dissolved")));
  else part.append(listed(seats.map((one) => say(one.leader ? "seat_leader" : "seat_member", { who: called(checker, one.id), place: one.place }))));
  if (result.panels[group] && seats.length < size && checker.entries.length && checker.entries[checker.entries.length - 1].hall) part.append(made("p", { class: "vacant" }, say("vacancy", { number: size - seats.length })));
  const walks = [[say("walk"), checker.walks.find((one) => one.group === group), new Map(checker.rows.filter((row) => row.group === group).map((row) => [row.reviewer, row]))]];
  for (const entry of checker.entries) walks.push([say("walk_entry", { number: entry.n }), entry.walks.find((one) => one.group === group), new Map()]);
  for (const [title, found, said] of walks) {
    if (!found) continue;
    const fold = made("details", {}, made("summary", {}, title));
    fold.addEventListener("toggle", () => { if (fold.open && fold.children.length < 2) fold.append(walkTable(checker, group, found.rows, said)); });
    part.append(fold);
  }
  return part;
}

function entryPart(checker, entry) {
  const lines = [
    ...entry.dissolved.map((group) => say("entry_dissolved", { group: called(checker, group) })),
    ...entry.leaves.map((one) => say("entry_leaves", { who: called(checker, one.reviewer), group: one.group, reasons: one.reasons.map((r) => say(`reason_${r.reason}`) + (r.citation ? say("cited", r) : "")).join(say("and")) })),
    ...(entry.asked || []).map((one) => say(one.accepted ? "entry_accepted" : "entry_declined", { who: called(checker, one.reviewer) })),
    ...(entry.fewer || []).map((one) => say("entry_fewer", one)),
    ...(entry.reopened || []).map((one) => say("entry_reopened", { who: called(checker, one.reviewer), group: one.group, ticket: one.ticket })),
    ...entry.walks.flatMap(({ group, rows }) => rows.filter((row) => row.verdict === "taken").map((row) => say("entry_follows", { who: called(checker, row.reviewer), group, place: row.place }))),
    ...entry.leaders.map((one) => say(`entry_leader_${one.by}`, { who: called(checker, one.reviewer), group: one.group })),
    ...(entry.hall ? entry.vacant.map((one) => say("entry_vacant", { group: called(checker, one.group), number: one.seats })) : []),
  ];
  return made("section", {}, made("h3", {}, say("entry", { number: entry.n, day: dayWords(entry.day), because: entry.because, document: entry.document })), listed(lines));
}

function show(result) {
  const place = document.getElementById("result"), { checker } = result;
  place.replaceChildren();
  const heading = result.verified ? (result.demo ? "right_demo" : "right") : "wrong";
  place.append(made("h2", { class: result.verified && !result.demo ? "right" : "wrong", id: "verdict" }, say(heading)));
  if (result.problems.length) place.append(listed(result.problems.map(problemWords), "problems"));
  if (!checker) return;
  const facts = [say("told_commitment", { commitment: result.commitment }), say("told_seed", { seed: result.seed }), say("told_head", { head: result.head })];
  for (const [order, name, day] of checker.all("seed_source")) facts.push(say("told_source", { order, name, day: dayWords(day) }));
  const { published, cancelled = [] } = checker.about;
  facts.push(published ? say("told_published", { ...published, day: dayWords(published.day) }) : say("told_unpublished"));
  for (const one of cancelled) facts.push(say("told_cancelled", one));
  for (const [old, day, reason, document] of checker.all("replaced_freeze")) facts.push(say("told_replaced", { commitment: old, day: dayWords(day), reason, document }));
  for (const [head] of checker.all("follows")) facts.push(say("told_follows", { head }));
  place.append(listed(facts));
  if (result.verified) {
    place.append(made("h2", {}, say("proved_title")));
    const keys = ["proved_commitment", "proved_order", "proved_walk", "proved_leaders", ...(checker.entries.length ? ["proved_entries"] : []), result.public ? "proved_public" : "proved_bytes"];
    place.append(listed(keys.map((key) => say(key, { groups: checker.field.groups.length, names: checker.field.reviewers.length }))));
  }
  if (result.not_given.length) {
    place.append(made("h2", {}, say("not_given_title")));
    place.append(listed(result.not_given.map((one) => say(`not_given_${one}`)), "not-given"));
  }
  place.append(made("h2", {}, say(result.verified ? "panels_title" : "panels_again")), ...checker.field.groups.map((group) => groupPart(checker, group, result)));
  if (checker.entries.length) place.append(made("h2", {}, say("entries_title")), ...checker.entries.map((entry) => entryPart(checker, entry)));
}

async function crossCheck() {
  const note = document.getElementById("engine");
  if (!selfTest()) { note.textContent = say("self_test_failed"); note.className = "wrong"; return false; }
  note.textContent = say("self_test");
  if (window.crypto && window.crypto.subtle) {
    const theirs = new Uint8Array(await window.crypto.subtle.digest("SHA-256", ENCODER.encode("pingjiang")));
    const mine = bytesOf(new Sha256().update(ENCODER.encode("pingjiang")).words());
    note.textContent = say(theirs.every((byte, i) => byte === mine[i]) ? "self_test_both" : "self_test_failed");
  }
  return true;
}

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = document.getElementById("record").files, place = document.getElementById("result");
  if (!file) { place.replaceChildren(made("p", { class: "wrong" }, say("no_file"))); return; }
  place.replaceChildren(made("p", {}, say("working")));
  const given = Object.fromEntries(["commitment", "numbers", "head"].map((key) => [key, document.getElementById(key).value.trim()]));
  const bytes = new Uint8Array(await file.arrayBuffer());
  await new Promise((done) => setTimeout(done, 20));
  if (!(await crossCheck())) return;
  const start = performance.now();
  const result = verify(bytes, given);
  window.pingjiangResult = result;
  show(result);
  place.append(made("p", { class: "about" }, say("seconds", { seconds: ((performance.now() - start) / 1000).toFixed(1) })));
  document.getElementById("verdict").scrollIntoView({ block: "start" });
});
window.pingjiangVerify = verify;
crossCheck();
