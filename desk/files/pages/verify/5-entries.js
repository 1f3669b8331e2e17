// What came after the draw: each entry worked out again, every seat that stays fixed. Who must go, and why, is taken over.
class Entries {
  constructor(checker) {
    const { field } = checker;
    this.checker = checker;
    this.panels = new Map(checker.panels);
    this.field = { ...field, load: new Map(field.load), seats: new Map(field.seats), out: new Map([...field.out].map(([group, out]) => [group, new Map(out)])) };
    this.day = 0;
    this.order = checker.order.map(({ name }) => name);
  }

  all() {
    const made = [];
    for (const entry of this.checker.after) made.push(this.one(entry, made.length + 1));
    this.checker.panels = this.panels;
    return made;
  }

  refuse(code, parameters) { throw new Refused(code, parameters); }

  shut(who, group, verdict) {
    const out = this.field.out.get(group);
    if (out && !out.has(who)) out.set(who, verdict);
  }

  now() {
    return { ...this.field, groups: [...this.panels.keys()], kept: new Map([...this.panels].map(([group, seats]) => [group, seats.map(({ id }) => id)])) };
  }

  unseat(who, group) { this.panels.set(group, this.panels.get(group).filter(({ id }) => id !== who)); }

  heeded(entry) {
    const day = number(entry.day), { checker } = this;
    if (!(day > this.day)) this.refuse("entry_day", { found: entry.day });
    const reserves = new Set(String(checker.seed).split(";").filter((piece) => piece.split(":")[0].includes("r.")).map((piece) => parseInt(piece, 10)));
    const held = checker.seed === "demo" ? [] : checker.all("seed_source").map(([order, , on]) => (reserves.has(order) ? checker.all("seed_reserve").find((one) => one[0] === order)[2] : on));
    if (day < Math.max(0, ...held)) this.refuse("entry_before_draw", { found: entry.day });
    const known = new Set(this.field.reviewers);
    for (const { reviewer, group } of entry.unavailable) {
      if (!known.has(reviewer) || (group !== null && !this.checker.field.seats.has(group))) this.refuse("entry_unknown", { found: reviewer });
    }
    this.day = day;
  }

  one(entry, n) {
    const { checker } = this, { seed, commitment } = checker, previous = checker.head;
    this.heeded(entry);
    for (const { reviewer, group, reasons } of entry.leaves) {
      this.shut(reviewer, group, reasons.some((reason) => reason.reason === "interest") ? "recused" : "unqualified");
    }
    for (const { group, rows } of entry.walks) for (const row of rows) if (row.verdict === "recused" || row.verdict === "unqualified") this.shut(row.reviewer, group, row.verdict);
    for (const { reviewer, group } of entry.unavailable) for (const each of group === null ? this.panels.keys() : [group]) this.shut(reviewer, each, "unqualified");
    for (const group of entry.dissolved) this.panels.delete(group);
    const gone = [];
    for (const [group, seats] of this.panels) for (const { id } of seats) if (this.field.out.get(group).has(id)) gone.push([id, group]);
    for (const [who, group] of gone) {
      this.unseat(who, group);
      this.field.out.get(group).set(who, "left");
    }
    this.unfit(entry);
    const decided = this.decided(entry);
    const field = this.now(), groups = field.groups;
    const free = (group) => field.seats.get(group) - field.kept.get(group).length;
    const vacant = groups.filter((group) => free(group) > 0).map((group) => ({ group, seats: free(group), needs_leader: !field.kept.get(group).some((who) => field.leaders.has(who)) }));
    const { hall, walks } = walkAll(field, seed, commitment, this.order);
    const leaders = [];
    if (!hall) {
      const walked = new Map(walks.map(({ group, rows }) => [group, rows]));
      const changed = new Set([...gone.map(([, group]) => group), ...vacant.map(({ group }) => group)]);
      for (const group of this.order) {
        if (!this.panels.has(group)) continue;
        const { leader, lots, by, panel, seats } = seat(field, this.panels, seed, commitment, group, walked.get(group) || []);
        if (!seats.length || (!changed.has(group) && by === "stays")) continue;
        this.panels.set(group, panel);
        leaders.push({ group, reviewer: leader, by, lots });
      }
    }
    const names = new Map(entry.leaves.map((one) => [`${one.reviewer}|${one.group}`, one]));
    const leaves = gone.sort(([a, g], [b, h]) => byPoints(a, b) || byPoints(g, h)).map(([reviewer, group]) => ({
      reviewer, group, reasons: (names.get(`${reviewer}|${group}`) || { reasons: [] }).reasons.map((one) => reasonOf(one, checker.open)),
    }));
    const asking = hall ? [...this.asked(this.now(), hall, (entry.asked || []).map((one) => one.reviewer))] : [];
    const body = {
      n, previous, day: entry.day, because: entry.because, document: entry.document, facts: entry.facts,
      unavailable: entry.unavailable.map(({ reviewer, group }) => ({ reviewer, group })),
      ...(entry.asked ? { asked: entry.asked.map(({ reviewer, accepted }) => ({ reviewer, accepted })) } : {}),
      ...(entry.fewer ? { fewer: entry.fewer.map(({ group, seats }) => ({ group, seats })) } : {}),
      dissolved: entry.dissolved, leaves, vacant,
      ...(entry.reopened ? { reopened: decided } : {}),
      walks: hall ? [] : walks.map(({ group, rows }) => ({ group, rows: rows.map(({ place, reviewer, verdict, tight }) => ({ place, reviewer, verdict, ...(verdict === "reserved" ? { tight } : {}) })) })),
      leaders, outcome: hall ? "vacant" : "complete", hall: hall || null, repairs: hall ? entry.repairs : [],
      ...(asking.length ? { asking } : {}),
      panels: [...this.panels].map(([group, seats]) => panelJson(group, seats)),
    };
    const hash = checker.open ? entry.hash : sha256(canonical(body));
    checker.head = hash;
    return { ...body, hash };
  }

  // Whoever has a panel left and gives the places that nobody can fill nothing, may not sit there.
  unfit(entry) {
    if (!entry.hall) return;
    const gives = new Set(entry.hall.give.map((one) => one.reviewer)), sits = new Map();
    for (const seats of this.panels.values()) for (const { id } of seats) sits.set(id, (sits.get(id) || 0) + 1);
    for (const { group, only } of entry.hall.places) {
      const here = new Set((this.panels.get(group) || []).map(({ id }) => id));
      for (const who of this.field.reviewers) {
        if (here.has(who)) continue;
        const able = only !== "leader" || this.field.leaders.has(who);
        if (this.field.load.get(who) > (sits.get(who) || 0) && able && !gives.has(who) && !this.field.out.get(group).has(who)) this.shut(who, group, "unqualified");
      }
    }
  }

  // Seats fewer, panels more for those asked by lot, seats reopened by lot; in this order.
  decided(entry) {
    for (const { group, seats } of entry.fewer || []) {
      const sitting = this.panels.has(group) ? this.panels.get(group) : this.refuse("entry_unknown", { found: group });
      const leads = sitting.some(({ id }) => this.field.leaders.has(id));
      if (!(seats >= sitting.length && seats < this.field.seats.get(group)) || (seats === sitting.length && !leads)) this.refuse("entry_fewer", { group });
      this.field.seats.set(group, seats);
    }
    const done = [];
    for (const { reviewer, accepted } of entry.asked || []) {
      const field = this.now(), hall = new Plan(field).hall();
      const wanted = hall ? this.asked(field, hall, done).next().value : undefined;
      if (wanted !== reviewer) this.refuse("entry_asked", { found: reviewer, wanted: wanted || "—" });
      done.push(reviewer);
      if (accepted) this.field.load.set(reviewer, this.field.load.get(reviewer) + 1);
    }
    return entry.reopened ? this.reopened() : [];
  }

  *asked(field, hall, done) {
    const seen = new Set(done), sits = new Map(), only = new Map(hall.places.map((one) => [one.group, one.only]));
    for (const kept of field.kept.values()) for (const who of kept) sits.set(who, (sits.get(who) || 0) + 1);
    for (const group of this.order) {
      if (!only.has(group)) continue;
      for (const name of inTurn(this.checker.seed, this.checker.commitment, [group, "M"], field.reviewers)) {
        const able = !field.out.get(group).has(name) && (only.get(group) === "whole" || field.leaders.has(name));
        if (able && !field.kept.get(group).includes(name) && field.load.get(name) <= (sits.get(name) || 0) && !seen.has(name)) {
          seen.add(name);
          yield name;
        }
      }
    }
  }

  // The fewest seats; of several such sets the one whose smallest lots come first.
  reopened() {
    const field = this.now(), { seed, commitment } = this.checker;
    if (!new Plan(field).hall()) this.refuse("entry_reopen_needless");
    const seats = field.groups.flatMap((group) => field.kept.get(group).map((reviewer) => ({ group, reviewer, ticket: ticket(seed, commitment, group, "V", reviewer) })));
    seats.sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
    const most = mostKept(field, new Set());
    if (most === null) this.refuse("entry_reopen_useless");
    const chosen = [], without = new Set();
    for (const one of seats) {
      if (chosen.length === seats.length - most) break;
      without.add(`${one.group}|${one.reviewer}`);
      if (mostKept(field, without) === most) chosen.push(one);
      else without.delete(`${one.group}|${one.reviewer}`);
    }
    for (const { reviewer, group } of chosen) this.unseat(reviewer, group);
    return chosen;
  }
}

// Check a record (bytes) against what was published: { commitment, numbers, head }, each "" where it is not known.
function verify(bytes, given) {
  try {
    let text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    text = text.replace(/,\n "hints": \[[^\n]*\](\n?)\}\n$/, "$1}\n");
    return new Checker(text, given).check();
  } catch (error) {
    const problem = error instanceof Refused ? error.problem : { code: "record_unreadable", found: String(error.message || error) };
    return { verified: false, problems: [problem], not_given: Object.keys(given).filter((key) => !given[key]), panels: {}, head: "", public: false };
  }
}
