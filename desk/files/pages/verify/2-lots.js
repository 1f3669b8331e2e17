// Tickets: SHA-256 over seed, commitment and name, joined by "|"; smallest first.
const ticket = (seed, commitment, ...name) => sha256([seed, commitment, ...name].join("|"));

const ENCODED = new Map();
const encoded = (name) => ENCODED.get(name) || ENCODED.set(name, ENCODER.encode(name)).get(name);

// The names in the order of their tickets; the hashes lie one after the other, and only their places are sorted.
function inTurn(seed, commitment, prefix, names) {
  const start = new Sha256().update(ENCODER.encode([seed, commitment, ...prefix, ""].join("|")));
  const scratch = new Sha256(), lots = new Uint32Array(8 * names.length);
  names.forEach((name, i) => lots.set(scratch.as(start).update(encoded(name)).words(), 8 * i));
  const places = Uint32Array.from(names, (_, i) => i).sort((a, b) => {
    for (let i = 0; i < 8; i++) if (lots[8 * a + i] !== lots[8 * b + i]) return lots[8 * a + i] < lots[8 * b + i] ? -1 : 1;
    return a - b;
  });
  return Array.from(places, (place) => names[place]);
}

const ordered = (seed, commitment, prefix, names) =>
  inTurn(seed, commitment, prefix, names).map((name) => ({ name, ticket: ticket(seed, commitment, ...prefix, name) }));

// Leaders' lots of those who may lead, smallest first.
function byLot(seed, commitment, group, able) {
  return ordered(seed, commitment, [group, "L"], able).map(({ name, ticket: lot }) => ({ reviewer: name, ticket: lot }));
}

// The order in which Python sorts texts: by code points, not by UTF-16 units.
function byPoints(one, other) {
  const a = Array.from(one), b = Array.from(other);
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
  }
  return a.length - b.length;
}

// The seed: numbers part by part, one text and no other.
function seedParts(facts) {
  const parts = facts.filter((fact) => fact.name === "seed_part").map(({ args: [order, part, numbers, low, high, kind] }) => (
    { order, part, numbers, low, high, kind: kind.symbol, name: `${order}.${part}` }));
  return parts.sort((a, b) => a.order - b.order || a.part - b.part);
}

function canonicalSeed(facts, given) {
  const parts = seedParts(facts), reserves = new Set(facts.filter((f) => f.name === "seed_reserve").map((f) => f.args[0]));
  const problems = [], texts = new Map(), used = new Map();
  if (!parts.length) return { problems: ["seed_no_sources"] };
  if (bitsOf(parts) < 20) return { problems: ["seed_few_bits"] };
  for (const piece of given.normalize("NFKC").split(/[;；]/)) {
    if (!piece.trim()) continue;
    const found = /^\s*(\d{1,3})(r?)\.(\d{1,3})\s*[:=]\s*(.*?)\s*$/s.exec(piece);
    const part = found && parts.find((one) => one.name === `${+found[1]}.${+found[3]}`);
    if (!found || !part || (found[2] && !reserves.has(part.order))) { problems.push("seed_part_unknown"); continue; }
    if (texts.has(part.name)) { problems.push("seed_part_twice"); continue; }
    used.set(part.order, (used.get(part.order) || new Set()).add(found[2]));
    const numbers = found[4].split(/[\s,、]+/).filter(Boolean);
    if (!numbers.every((one) => /^\d+$/.test(one) && +one >= part.low && +one <= part.high)) problems.push("seed_number");
    else if (numbers.length !== part.numbers) problems.push("seed_count");
    else if (part.kind !== "throws" && new Set(numbers.map(Number)).size < numbers.length) problems.push("seed_again");
    const list = numbers.map(Number);
    texts.set(part.name, `${part.order}${found[2]}.${part.part}:${(part.kind === "unordered" ? list.sort((a, b) => a - b) : list).join(",")}`);
  }
  for (const part of parts) if (!texts.has(part.name)) problems.push("seed_part_missing");
  for (const marks of used.values()) if (marks.size > 1) problems.push("seed_reserve_mixed");
  return { problems, seed: parts.map((part) => texts.get(part.name)).join(";") };
}

function bitsOf(parts) {
  let bits = 0;
  for (const { numbers, low, high, kind } of parts) {
    const many = high - low + 1;
    if (kind !== "throws" && numbers > many) continue;
    for (let i = 0; i < numbers; i++) {
      bits += Math.log2(kind === "throws" ? many : many - i) - (kind === "unordered" ? Math.log2(i + 1) : 0);
    }
  }
  return bits;
}
