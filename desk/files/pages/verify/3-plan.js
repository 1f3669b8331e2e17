// A complete plan for the places that are left, changed by one augmenting path a name. Node 2g is the leader's place of
// group g while nobody seated may lead, 2g + 1 its other places. What cannot be reached back is the tight set.
class Plan {
  constructor(field) {
    this.field = field;
    const number = new Map(field.reviewers.map((name, i) => [name, i]));
    this.number = number;
    this.left = field.reviewers.map((name) => field.load.get(name));
    this.fit = []; this.need = []; this.seated = [];
    field.groups.forEach((group) => {
      const sitting = field.kept.get(group) || [];
      sitting.forEach((name) => this.left[number.get(name)]--);
      const members = field.reviewers.map((_, i) => i)
        .filter((i) => !field.out.get(group).has(field.reviewers[i]) && !sitting.includes(field.reviewers[i]));
      const free = field.seats.get(group) - sitting.length;
      const lead = free > 0 && !sitting.some((name) => field.leaders.has(name)) ? 1 : 0;
      this.fit.push(members.filter((i) => field.leaders.has(field.reviewers[i])), members);
      this.need.push(lead, free - lead);
      this.seated.push(new Set(sitting.map((name) => number.get(name))));
    });
    this.left = this.left.map((many) => Math.max(0, many));
    this.planned = this.need.map(() => new Set());
    this.where = field.reviewers.map(() => new Map());
    this.need.forEach((_, node) => { while (this.planned[node].size < this.need[node] && this.fill(node)); });
  }

  fill(node) {
    const { moves } = this.search([node], true, null);
    if (moves) this.move(moves);
    return moves !== null;
  }

  hall() {
    const short = this.need.map((_, node) => node).filter((node) => this.planned[node].size < this.need[node]);
    return short.length ? this.places(this.search(short, false, null).reached) : null;
  }

  // Seats somebody for good and gives null; where that leaves other places empty, changes nothing and gives these.
  take(one, node) {
    const group = node >> 1, where = this.where[one];
    if (this.planned[node].has(one)) {
      this.leave(one, node);
    } else {
      const beside = where.get(group);
      if (beside === undefined && this.left[one] > where.size) {
        this.leave(this.planned[node].values().next().value, node);
      } else {
        const { reached, moves } = this.search(beside !== undefined ? [beside] : [...where.values()], true, node);
        if (!moves) return reached;
        this.leave(one, moves[moves.length - 1][2]);
        this.move(moves);
        if (moves[0][1] === null) this.leave(this.planned[node].values().next().value, node);
      }
    }
    this.need[node]--;
    this.left[one]--;
    this.seated[group].add(one);
    return null;
  }

  move(moves) {
    for (const [one, origin] of moves) if (origin !== null) this.leave(one, origin);
    for (const [one, , to] of moves) {
      this.planned[to].add(one);
      this.where[one].set(to >> 1, to);
    }
  }

  leave(one, node) {
    this.planned[node].delete(one);
    this.where[one].delete(node >> 1);
  }

  // Backwards from the goals to the start, or (spare) to somebody with a place to spare.
  search(goals, spare, start) {
    const came = new Map(goals.map((node) => [node, null]));
    const queue = [...goals];
    const back = (node) => {
      const moves = [];
      for (let move = came.get(node); move; move = came.get(move[2])) moves.push(move);
      return moves;
    };
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at], group = node >> 1;
      for (const one of this.fit[node]) {
        const here = this.where[one].get(group);
        if (here === node || !this.left[one] || this.seated[group].has(one)) continue;
        if (here === undefined && spare && this.left[one] > this.where[one].size) {
          return { reached: came, moves: [[one, null, node], ...back(node)] };
        }
        for (const other of here !== undefined ? [here] : this.where[one].values()) {
          if (came.has(other)) continue;
          came.set(other, [one, other, node]);
          if (other === start) return { reached: came, moves: back(other) };
          queue.push(other);
        }
      }
    }
    return { reached: came, moves: null };
  }

  // The free places at some nodes, and what everybody who may fill them can give, as a record has them.
  places(reached) {
    const nodes = [...reached.keys()].filter((node) => this.need[node]);
    const whole = new Set(nodes.filter((node) => node & 1).map((node) => node >> 1));
    const groups = [...new Set(nodes.map((node) => node >> 1))].sort((a, b) => a - b);
    const counts = new Map();
    const places = groups.map((group) => {
      const only = whole.has(group) ? "whole" : "leader";
      for (const one of this.fit[2 * group + (only === "whole" ? 1 : 0)]) {
        if (this.left[one] && !this.seated[group].has(one)) counts.set(one, (counts.get(one) || 0) + 1);
      }
      return { group: this.field.groups[group], free: only === "whole" ? this.need[2 * group] + this.need[2 * group + 1] : 1, only };
    });
    const give = [...counts.keys()].sort((a, b) => a - b).map((one) => ({
      reviewer: this.field.reviewers[one], left: this.left[one], groups: counts.get(one), gives: Math.min(this.left[one], counts.get(one)),
    }));
    return { places, need: places.reduce((sum, { free }) => sum + free, 0), give };
  }
}

// One order walked down: of each name the first verdict that holds.
function walk(plan, group, names) {
  const { field } = plan, at = field.groups.indexOf(group), lead = 2 * at, member = lead + 1, known = new Map();
  return names.map((name, index) => {
    const one = plan.number.get(name), out = field.out.get(group).get(name);
    const row = { place: index + 1, reviewer: name, verdict: out || null, tight: null };
    if (out) return row;
    const node = plan.need[lead] && field.leaders.has(name) ? lead : member;
    if (plan.seated[at].has(one)) row.verdict = "seated";
    else if (!plan.need[lead] && !plan.need[member]) row.verdict = "full";
    else if (!plan.left[one]) row.verdict = "load";
    else if (!plan.need[node]) row.verdict = "for_leader";
    else {
      const reached = plan.take(one, node);
      if (reached === null) { row.verdict = "taken"; known.clear(); }
      else {
        const key = [...reached.keys()].sort((a, b) => a - b).join(",");
        if (!known.has(key)) known.set(key, plan.places(reached));
        row.verdict = "reserved";
        row.tight = known.get(key);
      }
    }
    return row;
  });
}

// How many of those who sit can stay in a completion in which some seats are given up; null where there is none.
// Everybody who stays is the first plan; each place left is filled at the least cost (Bellman and Ford).
function mostKept(field, without) {
  const count = field.reviewers.length, number = new Map(field.reviewers.map((name, i) => [name, i + 1]));
  const sink = count + 2 * field.groups.length + 1, arcs = [], out = Array.from({ length: sink + 1 }, () => []);
  let fresh = sink + 1;
  const arc = (from, to, room, cost, used = 0) => {
    while (out.length <= Math.max(from, to)) out.push([]);
    out[from].push(arcs.length); arcs.push({ to, room: room - used, cost });
    out[to].push(arcs.length); arcs.push({ to: from, room: used, cost: -cost });
    return arcs.length - 2;
  };
  const loads = field.reviewers.map((name) => ({ load: field.load.get(name), used: 0 }));
  const pairs = [];
  let free = 0, kept = 0;
  field.groups.forEach((group, at) => {
    const lead = count + 1 + 2 * at, member = lead + 1, sitting = field.kept.get(group) || [];
    const stay = sitting.filter((name) => !without.has(`${group}|${name}`));
    const leader = stay.find((name) => field.leaders.has(name));
    for (const name of field.reviewers) {
      const sits = stay.includes(name);
      if (!sits && (sitting.includes(name) || field.out.get(group).has(name))) continue;
      pairs.push({ name, node: fresh++, sits, lead, member, leads: sits && name === leader });
      if (sits) loads[number.get(name) - 1].used++;
    }
    kept += stay.length;
    free += field.seats.get(group) - stay.length;
    arc(lead, sink, 1, 0, leader ? 1 : 0);
    arc(member, sink, field.seats.get(group) - 1, 0, stay.length - (leader ? 1 : 0));
  });
  loads.forEach(({ load, used }, i) => arc(0, i + 1, Math.max(load, used), 0, used));
  for (const { name, node, sits, lead, member, leads } of pairs) {
    arc(number.get(name), node, 1, sits ? -1 : 0, sits ? 1 : 0);
    arc(node, member, 1, 0, sits && !leads ? 1 : 0);
    if (field.leaders.has(name)) arc(node, lead, 1, 0, leads ? 1 : 0);
  }
  for (; free > 0; free--) {
    const cost = new Array(out.length).fill(Infinity), came = new Array(out.length).fill(-1), queue = [0];
    cost[0] = 0;
    for (let at = 0; at < queue.length; at++) {
      for (const index of out[queue[at]]) {
        const { to, room, cost: step } = arcs[index];
        if (room > 0 && cost[queue[at]] + step < cost[to]) { cost[to] = cost[queue[at]] + step; came[to] = index; queue.push(to); }
      }
    }
    if (came[sink] < 0) return null;
    for (let node = sink; node !== 0; node = arcs[came[node] ^ 1].to) { arcs[came[node]].room--; arcs[came[node] ^ 1].room++; }
    kept -= cost[sink];
  }
  return kept;
}
