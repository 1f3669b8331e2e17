// A record, or its public copy: read, drawn again, written again, compared.
const OUT = new Set(["recused", "unqualified", "left"]);

class Refused extends Error {
  constructor(code, parameters = {}) {
    super(code);
    this.problem = { code, ...parameters };
  }
}

// A line of the frozen case: `name("a",b,3).`
function parseLine(line) {
  const head = /^([a-z_]\w*)\(/.exec(line), args = [];
  if (!head || !line.endsWith(").")) throw new Refused("frozen_line", { found: line.slice(0, 80) });
  for (let at = head[0].length; ; ) {
    const rest = line.slice(at);
    const found = /^"((?:[^"\\]|\\.)*)"/.exec(rest) || /^(-?\d+)/.exec(rest) || /^([a-z_]\w*)/.exec(rest);
    if (!found) throw new Refused("frozen_line", { found: line.slice(0, 80) });
    if (found[0][0] === '"') args.push(found[1].replace(/\\(.)/g, (_, sign) => (sign === "n" ? "\n" : sign)));
    else args.push(/^-?\d/.test(found[0]) ? Number(found[0]) : { symbol: found[0] });
    at += found[0].length;
    if (line.slice(at) === ").") return { name: head[1], args };
    if (line[at] !== ",") throw new Refused("frozen_line", { found: line.slice(0, 80) });
    at++;
  }
}

// What decides who may sit where: who must not is taken from the walk, all else from the lines.
function fieldOf(facts, rows) {
  const all = (name) => facts.filter((fact) => fact.name === name).map((fact) => fact.args);
  const reviewers = all("reviewer").map(([name]) => name).sort(byPoints);
  const seats = new Map(all("seats").map(([group, many]) => [group, many]));
  const groups = [...seats.keys()].sort(byPoints);
  const loads = new Map(all("panel_load"));
  const out = new Map(groups.map((group) => [group, new Map()]));
  for (const row of rows) {
    if (OUT.has(row.verdict)) (out.get(row.group) || out.set(row.group, new Map()).get(row.group)).set(row.reviewer, row.verdict);
  }
  const panels = new Map(groups.map((group) => [group, []]));
  for (const [group, id, role, place] of all("kept")) {
    if (panels.has(group)) panels.get(group).push({ id, place, leader: role.symbol === "leader" });
  }
  return {
    reviewers, groups, seats, out, panels: new Map([...panels].map(([group, list]) => [group, inOrder(list)])),
    leaders: new Set(all("can_lead").map(([name]) => name)),
    load: new Map(reviewers.map((name) => [name, loads.has(name) ? loads.get(name) : 1])),
    kept: new Map([...panels].map(([group, list]) => [group, list.map(({ id }) => id)])),
  };
}

const inOrder = (seats) => [...seats].sort((a, b) => (a.leader === b.leader ? a.place - b.place : a.leader ? -1 : 1));

// Whoever knows no trade of a group has no place there: that much of 不得任 needs no ties.
function strangers(facts, field) {
  const industry = new Map(facts.filter((f) => f.name === "group").map((f) => f.args));
  const covered = new Set(facts.filter((f) => f.name === "covers").map((f) => f.args.join("|")));
  const codes = new Map(field.reviewers.map((name) => [name, []]));
  for (const { name, args: [who, code] } of facts) if (name === "expertise" && codes.has(who)) codes.get(who).push(code);
  return (group, name) => !codes.get(name).some((code) => covered.has(`${code}|${industry.get(group)}`));
}

// The walks of all groups that have a free place, one group at a time.
function walkAll(field, seed, commitment, groups) {
  const plan = new Plan(field), hall = plan.hall();
  if (hall) return { hall };
  const walks = [];
  for (const group of groups) {
    if (!field.groups.includes(group) || field.seats.get(group) <= (field.kept.get(group) || []).length) continue;
    walks.push({ group, rows: walk(plan, group, inTurn(seed, commitment, [group, "M"], field.reviewers)) });
  }
  return { hall: null, walks };
}

function seat(field, panels, seed, commitment, group, rows) {
  const before = panels.get(group) || [];
  const seats = [...before, ...rows.filter((row) => row.verdict === "taken").map((row) => ({ id: row.reviewer, place: row.place, leader: false }))];
  return { seats, ...led(field, seed, commitment, group, seats) };
}

function led(field, seed, commitment, group, seats) {
  const stays = seats.find((one) => one.leader);
  const lots = stays ? [] : byLot(seed, commitment, group, seats.map((one) => one.id).filter((id) => field.leaders.has(id)));
  const leader = stays ? stays.id : lots.length ? lots[0].reviewer : null;
  return { leader, lots, by: stays ? "stays" : "lot", panel: inOrder(seats.map((one) => ({ ...one, leader: one.id === leader }))) };
}

const panelJson = (group, seats) => ({
  group, size: seats.length, members: seats.map(({ id, place, leader }) => ({ id, place, leader })),
});

// JSON as Python writes it.
const python = (value) =>
  Array.isArray(value) ? `[${value.map(python).join(", ")}]`
    : value && typeof value === "object" ? `{${Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${python(one)}`).join(", ")}}`
    : JSON.stringify(value);
const indented = (value) => {
  if (!value || typeof value !== "object") return JSON.stringify(value);
  const inside = Array.isArray(value) ? value.map(indented) : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${indented(one)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return inside.length ? `${open}\n${inside.join(",\n")}\n${close}` : open + close;
};
const canonical = (value) =>
  Array.isArray(value) ? `[${value.map(canonical).join(",")}]`
    : value && typeof value === "object" ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`
    : JSON.stringify(value);

const REASON = ["reason", "provision", "citation", "chain"];
const reasonOf = (found, open) => Object.fromEntries(REASON.filter((key) => key !== "chain" || !open).map((key) => [key, found[key] === undefined ? null : found[key]]));
const ISO = /^\d{4}-\d{2}-\d{2}$/;
const number = (day) => (ISO.test(day) && !isNaN(Date.parse(day)) ? Number(day.replace(/-/g, "")) : NaN);

class Checker {
  constructor(text, given) {
    this.problems = [];
    this.text = text;
    this.given = given;
    try {
      this.found = JSON.parse(text);
      this.about = this.found.record;
    } catch { this.about = null; }
    if (!this.about || typeof this.about !== "object") throw new Refused("record_unreadable");
    if (this.about.method !== "lots-2") throw new Refused("record_method", { found: String(this.about.method) });
    this.open = "public" in this.about;
    this.rows = this.found.walk;
    this.after = this.found.after || [];
    this.lines();
  }

  lines() {
    const { about } = this;
    let hashes;
    if (this.open) {
      for (const one of about.lines) {
        const keys = Object.keys(one).sort().join();
        if (keys !== "hash" && keys !== "fact,hash,salt") throw new Refused("record_unreadable");
        if (one.fact !== undefined && sha256(`${one.salt}|${one.fact}`) !== one.hash) throw new Refused("line_differs", { found: one.fact.slice(0, 80) });
      }
      hashes = about.lines.map((one) => one.hash);
      this.file = about.lines.filter((one) => one.fact !== undefined).map((one) => one.fact);
    } else {
      if (!/^[0-9a-f]{64}$/.test(about.key)) throw new Refused("record_unreadable");
      const salt = keyed(about.key);
      hashes = about.frozen.map((line) => sha256(`${salt(line)}|${line}`));
      this.file = about.frozen;
      const sorted = [...this.file].sort(byPoints);
      if (new Set(this.file).size < this.file.length || sorted.some((line, i) => line !== this.file[i])) throw new Refused("frozen_order");
    }
    this.commitment = sha256(hashes.sort().map((hash) => `${hash}\n`).join(""));
    this.facts = this.file.map(parseLine);
    this.field = fieldOf(this.facts, this.rows);
    this.names = new Map(this.facts.filter((f) => f.name === "name").map((f) => f.args));
  }

  problem(code, parameters = {}) { this.problems.push({ code, ...parameters }); }

  all(name) { return this.facts.filter((fact) => fact.name === name).map((fact) => fact.args); }

  check() {
    const { about, given } = this;
    this.seed = about.seed;
    if (given.commitment && given.commitment.trim().toLowerCase() !== this.commitment) this.problem("commitment_differs", { found: this.commitment, wanted: given.commitment.trim() });
    if (given.numbers && given.numbers.trim()) {
      const { problems, seed } = canonicalSeed(this.seed === "demo" ? [] : this.facts, given.numbers);
      if (problems.length) problems.forEach((code) => this.problem(code));
      else if (seed !== this.seed) this.problem("seed_differs", { found: this.seed, wanted: seed });
    }
    if (this.seed !== "demo") {
      const { problems, seed } = canonicalSeed(this.facts, String(this.seed));
      if (problems.length || seed !== this.seed) this.problem(problems[0] || "seed_not_canonical", { found: this.seed });
    }
    this.heeded();
    this.strange();
    this.order = ordered(this.seed, this.commitment, ["G"], this.field.groups);
    const { hall, walks } = walkAll(this.field, this.seed, this.commitment, this.order.map(({ name }) => name));
    if (hall) throw new Refused("record_impossible");
    this.walks = walks;
    this.panels = new Map(this.field.panels);
    this.leaders = [];
    for (const { group, rows } of walks) {
      const { leader, lots, panel } = seat(this.field, this.panels, this.seed, this.commitment, group, rows);
      this.panels.set(group, panel);
      if (leader) this.leaders.push({ group, reviewer: leader, lots });
    }
    this.drawn = new Map(this.panels);
    const bare = this.written([]);
    this.head = this.open ? String(about.start) : sha256(bare);
    this.entries = this.after.length ? new Entries(this).all() : [];
    if (given.head && given.head.trim() && given.head.trim().toLowerCase() !== this.head) this.problem("head_differs", { found: this.head, wanted: given.head.trim() });
    this.compare(this.written(this.entries));
    return this.result();
  }

  // C is published before any event is held; a reserve counts only by a document.
  heeded() {
    const { published, cancelled = [] } = this.about, sources = this.seed === "demo" ? [] : this.all("seed_source");
    if (published && sources.length) {
      const day = number(published.day), [[on] = [0]] = this.all("frozen_on").length ? this.all("frozen_on") : [[0]];
      if (!(day >= on && day < Math.min(...sources.map((one) => one[2])))) this.problem("published_late", { found: published.day });
    }
    const reserves = new Set(String(this.seed).split(";").filter((piece) => piece.split(":")[0].includes("r.")).map((piece) => parseInt(piece, 10)));
    const documents = new Set(cancelled.map((one) => one.source));
    for (const one of reserves) if (!documents.has(one)) this.problem("cancelled_undocumented", { order: one });
    for (const one of documents) if (!reserves.has(one)) this.problem("cancelled_held", { order: one });
  }

  strange() {
    const stranger = strangers(this.facts, this.field);
    for (const row of this.rows) {
      if (!this.field.load.has(row.reviewer) || !this.field.seats.has(row.group)) continue;
      const said = row.reasons.some((reason) => reason.reason === "expertise"), out = OUT.has(row.verdict);
      if (row.verdict === "left") continue;
      if (stranger(row.group, row.reviewer) ? !out || !said : said) this.problem("expertise_differs", { group: row.group, reviewer: row.reviewer });
    }
  }

  record() {
    const { about, facts, open } = this;
    const [city, round] = this.all("round")[0];
    const readings = new Map(this.all("reading").map(([key, choice]) => [key.symbol, choice.symbol]));
    return {
      method: "lots-2", city: city.symbol, round, commitment: this.commitment, seed: this.seed,
      bits: this.seed === "demo" ? 0 : Math.floor(bitsOf(seedParts(facts))), demo: this.seed === "demo",
      ...(about.published ? { published: { place: about.published.place, day: about.published.day, document: about.published.document } } : {}),
      ...(about.cancelled ? { cancelled: about.cancelled.map(({ source, document }) => ({ source, document })) } : {}),
      size: Math.max(...this.field.seats.values()),
      readings: Object.fromEntries(["interest", "recusal_scope", "reference_day"].map((key) => [key, readings.get(key)])),
      order: this.order.map(({ name, ticket: lot }) => ({ group: name, ticket: lot })),
      rules_sha256: about.rules_sha256, statute_sha256: about.statute_sha256,
      ...(open
        ? { public: true, start: about.start, lines: [...about.lines].sort((a, b) => (a.hash < b.hash ? -1 : 1)).map((one) => (one.fact === undefined ? { hash: one.hash } : { fact: one.fact, salt: one.salt, hash: one.hash })) }
        : { key: about.key, frozen: this.file }),
    };
  }

  // The whole record as the program writes it; reasons of those who may not sit are taken over.
  written(entries) {
    if (this.front === undefined) {
      const panels = this.field.groups.map((group) => python(panelJson(group, this.drawn.get(group))));
      const parts = { panels, walk: this.walkLines(), leaders: this.leaders.map(python) };
      const body = Object.entries(parts).map(([name, lines]) => `"${name}": [\n${lines.join(",\n")}\n],\n`).join("");
      this.front = `{${body}"record": ${indented(this.record())}`;
    }
    const more = entries.length ? `,\n"after": [\n${entries.map(python).join(",\n")}\n]` : "";
    return `${this.front}${more}}\n`;
  }

  walkLines() {
    const reasons = new Map(this.field.groups.map((group) => [group, new Map()])), quoted = new Map(), lines = [];
    for (const row of this.rows) if (row.reasons.length && reasons.has(row.group)) reasons.get(row.group).set(row.reviewer, row.reasons);
    const quote = (text) => quoted.get(text) || quoted.set(text, JSON.stringify(text)).get(text);
    for (const { group, rows } of this.walks) {
      const said = reasons.get(group);
      for (const { place, reviewer, verdict, tight } of rows) {
        const why = (verdict === "recused" || verdict === "unqualified") && said.get(reviewer);
        const told = why ? why.map((one) => this.reasonText(one, quote)).join(", ") : "";
        lines.push(`{"group": ${quote(group)}, "place": ${place}, "reviewer": ${quote(reviewer)}, "verdict": "${verdict}", "reasons": [${told}], "tight": ${tight ? python(tight) : "null"}}`);
      }
    }
    return lines;
  }

  reasonText({ reason, provision, citation, chain }, quote) {
    const told = (text) => (typeof text === "string" ? quote(text) : "null");
    const end = this.open ? "" : `, "chain": ${python(chain === undefined ? null : chain)}`;
    return `{"reason": ${told(reason)}, "provision": ${told(provision)}, "citation": ${told(citation)}${end}}`;
  }

  compare(wanted) {
    if (wanted === this.text) return;
    const mine = wanted.split("\n"), theirs = this.text.split("\n");
    let shown = 0;
    for (let i = 0; i < Math.max(mine.length, theirs.length) && shown < 20; i++) {
      if (mine[i] === theirs[i]) continue;
      shown++;
      const at = [...(mine[i] || "")].findIndex((sign, n) => sign !== [...(theirs[i] || "")][n]);
      const cut = (line) => (line === undefined ? "" : line.slice(Math.max(0, at - 40), Math.max(0, at - 40) + 80));
      this.problem("record_differs", { line: i + 1, found: cut(theirs[i]), wanted: cut(mine[i]) });
    }
  }

  result() {
    const given = { commitment: this.given.commitment, numbers: this.given.numbers || this.seed === "demo", head: this.given.head };
    return {
      verified: !this.problems.length, problems: this.problems, public: this.open, demo: this.seed === "demo",
      commitment: this.commitment, seed: this.seed, head: this.head,
      not_given: Object.keys(given).filter((key) => !given[key] || !String(given[key]).trim()),
      panels: Object.fromEntries([...this.panels].map(([group, seats]) => [group, seats])),
      checker: this,
    };
  }
}
