"""What a new text has in common with one that is encoded already: its blocks taken over, its differences shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from clingo.ast import ASTType

from audit.encoding import UNITS, Signature, atoms, heads, names, parsed, signature
from engine.law import COMMON, RULES, Provision, Statute, arabic, chinese, rule_file, rule_files
from engine.words import likeness, titled

_ALIKE = 0.6
"""From here on two provisions are about the same thing."""
_HEEDS = {"heeds", "heeds_certificate"}
_TERM = re.compile(r"art\((\d+), ?(\d+), ?(\d+)\)")


@dataclass(frozen=True)
class Carried:
    """A block taken over: the provision it stood under, its class, its lines below the quotation, what differs."""

    source: Provision
    category: str
    lines: tuple[str, ...]
    differences: tuple[str, ...] = ()


def carried(text: Statute, model: Statute, rules: Path, city: str) -> dict[Provision, Carried]:
    """For each provision that the model's text has too, or nearly, the model's block with its citations moved."""
    blocks = _blocks(rules)
    pairs = _pairs(text, model)
    moved = {old: new for new, old in pairs.items()}
    there, here = titled(model.title)[0], titled(text.title)[0]
    found = {}
    for new, old in pairs.items():
        category, lines = blocks[old]
        own = (text.words[new], text.words.get(new._replace(item=0), ""))
        placed = [_placed(line, there, here) for line in lines]
        said = tuple(_moved(line, moved, model.city, city) for line in _standing(placed, own))
        same = text.words[new] == model.words[old]
        if not same:
            said = tuple(_renumbered(said, model.words[old], text.words[new], f"{model.city} {old.citation}"))
        differences = () if same else tuple(_differences(model.words[old], text.words[new]))
        found[new] = Carried(old, category, said, differences)
    return found


def _placed(line: str, there: str, here: str) -> str:
    """A line of words with the place of the new text, as its title names it, where the model names its own."""
    return line.replace(there, here) if there and here and line.startswith(("%@", "%~")) else line


def _standing(lines: Sequence[str], words: tuple[str, ...]) -> Iterator[str]:
    """A block's lines, a rule whose words (`%~`) the new text lacks as a comment; other numbers are the same words."""
    lacking = heading = False
    for line in lines:
        if line.startswith("%~"):
            said = line.removeprefix("%~").strip()
            written = next((found[0] for own in words if (found := re.search(_alike(said), own))), "")
            lacking, heading = not written or (heading and lacking), True
            yield f"%~ {written}" if written else f"% {line}"
            continue
        heading = False
        yield f"% {line}" if lacking and line and not line.startswith("%") else line


_NUMBER = re.compile(rf"\d+|[{''.join(map(chinese, range(1, 11)))}百两]+(?=个?(?:{'|'.join(UNITS)}))")
"""A number as a text writes it, in either script."""
_CONST = re.compile(r"#const (\w+) = (\d+)\.")


def _alike(words: str) -> str:
    """What finds these words, whatever their numbers are."""
    parts, at = [], 0
    for found in _NUMBER.finditer(words):
        parts += [re.escape(words[at : found.start()]), rf"(?:{_NUMBER.pattern})"]
        at = found.end()
    return "".join([*parts, re.escape(words[at:])])


def _renumbered(lines: Sequence[str], old: str, new: str, place: str) -> Iterator[str]:
    """A block whose words changed: above each number of the law what became of it. Where the numbers alone differ the
    number is the new one; one that cannot be told is a comment, and the rules that stand on it with it."""
    before, after = (list(map(_value, _NUMBER.findall(words))) for words in (old, new))
    alone = _NUMBER.sub("0", old) == _NUMBER.sub("0", new)
    for line in lines:
        if not (found := _CONST.match(line)) or int(found[2]) not in before:
            yield line
            continue
        was = int(found[2])
        becomes = {now for then, now in zip(before, after, strict=False) if then == was}
        known = len(before) == len(after) and len(becomes) == 1
        now = becomes.pop() if known else 0
        if not known:
            yield f"% {place}: {was} → ?"
            yield f"% {line}"
        elif now == was and alone:
            yield line
        else:
            yield f"% {place}: {was} → {now}"
            yield line.replace(f"= {was}.", f"= {now}.")


def _value(written: str) -> int:
    try:
        return arabic(written.replace("两", chinese(2)))
    except ValueError:
        return 0


def rest(rules: Path) -> tuple[str, ...]:
    """What a rule file has under no provision: the calendar it takes in, and the records it heeds."""
    lines = rules.read_text("utf-8").splitlines()
    last = max(block.line for block in rule_file(rules).blocks)
    after = next((at for at, line in enumerate(lines) if at >= last and line.startswith("%%")), len(lines))
    return (*(line for line in lines[:last] if line.startswith("#include")), "", *lines[after:])


def standing(text: str, like: str) -> str:
    """A rule file without the rules that stand on what was not taken over: these are left as comments, with what they
    want and where the model defines it."""
    model = {
        head: statement.provision.citation if statement.provision else COMMON
        for statement in rule_file(rule_files(like)[1]).statements
        if statement.node.ast_type == ASTType.Rule
        for head in heads(statement.node)
    }
    shared = {sig for path in RULES.glob("*.lp") if not path.with_suffix(".md").exists() for sig in _known(path)}
    constants = {one.name: one.provision for one in rule_file(rule_files(like)[1]).constants}
    lines = text.splitlines()
    while (wanting := _wanting("\n".join(lines), shared, constants.keys())) is not None:
        first, last, what = wanting
        place = constants.get(what) if isinstance(what, str) else None
        source = model.get(what, "") if isinstance(what, tuple) else place.citation if place else COMMON
        called = what if isinstance(what, str) else f"{what[0]}/{what[1]}"
        note = f"% {called}: {like} {source}".rstrip()
        lines[first - 1 : last] = [note, *(f"% {line}" for line in lines[first - 1 : last])]
    for at in _unasked("\n".join(lines), rule_files(like)[1].read_text("utf-8")):
        lines[at - 1] = f"% {lines[at - 1]}"
    return "\n".join(lines) + "\n"


def _unasked(text: str, model: str) -> Iterator[int]:
    """The lines that heed a record which the model's rules ask for by name and these rules do not."""
    asked, wanted = _named(text), _named(model)
    for node in parsed(text):
        if node.ast_type == ASTType.Rule and not node.body and any(name in _HEEDS for name, _ in heads(node)):
            records = {str(atom.arguments[0]) for atom in atoms(node.head)}
            if records <= wanted and not records & asked:
                yield node.location.begin.line


def _named(text: str) -> set[str]:
    """The predicates and terms that rules ask for."""
    bodies = [literal for node in parsed(text) if node.ast_type == ASTType.Rule for literal in node.body]
    return {str(atom.name) for literal in bodies for atom in atoms(literal)}.union(*map(names, bodies))


def _known(path: Path) -> Iterator[Signature]:
    """The predicates that a shared file derives or takes in."""
    for statement in rule_file(path).statements:
        node = statement.node
        if node.ast_type == ASTType.Defined:
            yield str(node.name), int(node.arity)
        elif node.ast_type == ASTType.Rule:
            yield from heads(node)


def _wanting(text: str, shared: set[Signature], constants: Collection[str]) -> tuple[int, int, Signature | str] | None:
    """The first rule that asks for a predicate, or a number, which nothing gives: its first and last line, and what."""
    nodes = parsed(text)
    rules = [node for node in nodes if node.ast_type == ASTType.Rule]
    given = shared | {head for node in rules for head in heads(node)}
    own = {str(node.name) for node in nodes if node.ast_type == ASTType.Definition}
    for node in rules:
        if missing := sorted((names(node) & set(constants)) - own):
            return node.location.begin.line, node.location.end.line, missing[0]
        for literal in node.body:
            for atom in atoms(literal):
                if (sig := signature(atom)) not in given:
                    return node.location.begin.line, node.location.end.line, sig
    return None


def _pairs(text: Statute, model: Statute) -> dict[Provision, Provision]:
    """For each provision of the text the model's with the same words, of the rest the one most alike."""
    by_words = {words: provision for provision, words in model.words.items()}
    pairs = {new: by_words[words] for new, words in text.words.items() if words in by_words}
    free = [old for old in model.words if old not in pairs.values()]
    for new, words in text.words.items():
        if new in pairs or not free:
            continue
        degrees = {old: likeness(model.words[old], words) for old in free}
        best = max(free, key=lambda old: (degrees[old], old == new))
        if degrees[best] >= _ALIKE:
            pairs[new] = best
            free.remove(best)
    return pairs


def _blocks(rules: Path) -> dict[Provision, tuple[str, tuple[str, ...]]]:
    """The class of each block of a rule file, and its lines below the quotation and the class."""
    lines = rules.read_text("utf-8").splitlines()
    found = {}
    for block in rule_file(rules).blocks:
        start = block.line + 1 + len(block.words)
        end = next((at for at in range(start, len(lines)) if lines[at].startswith(("%!", "%%"))), len(lines))
        body = "\n".join(lines[start:end]).rstrip("\n")
        found[block.provision] = block.category, tuple(body.split("\n") if body else ())
    return found


def _moved(line: str, moved: Mapping[Provision, Provision], old_city: str, city: str) -> str:
    """A line with the new numbers of its provisions, and the new city where the old one was meant."""

    def change(found: re.Match[str]) -> str:
        place = Provision(*map(int, found.groups()))
        return str(moved.get(place, place))

    return re.sub(rf"\b{re.escape(old_city)}\b", city, _TERM.sub(change, line))


def _differences(old: str, new: str) -> Iterator[str]:
    """Where two wordings part, with a little before and after."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield f"…{old[max(0, a - 6) : b + 6]}… → …{new[max(0, c - 6) : d + 6]}…"
