"""Does the rule file carry out what it says it carries out? Faults that the words alone do not show, each with a place.

A provision that decides and has no rule, one said to decide nothing that has rules, requirements and grounds without
words, terms that no fact can state, words of a deciding provision that no rule rests on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from clingo.ast import AST, ASTType

from audit.encoding.encodings import Encoding
from audit.encoding.syntax import atoms, signature
from engine.errors import Place, Problem
from engine.facts import PREDICATES
from engine.law import (
    FINDERS,
    ISSUED,
    Block,
    Provision,
    Regulation,
    RuleFile,
    Statement,
    regulation,
    rule_file,
)
from engine.words import LANGUAGES, called, declared_as, has, terms_in, text
from explain.rules import wording

DECIDING = "DFC"
"""The classes of provisions that say something a rule can carry out."""
KEYS = {"requires": ("requirement", 2), "rests_on_finding": ("requirement", 2), "barring_event": ("ground", 2)}
"""For a predicate that makes a requirement or a bar, the table that words its key, and the key's place."""
_KEYS = {**KEYS, "closing": ("ground", 3), "note": ("note", 1), "violated": ("procedure.check", 1)}
"""The same for all that is told by its key: closed prizes, notes and checks of the conduct too."""
_TOPIC = ("rests_on_finding", 4, 3)
_CARRIED_AS_C = re.compile(r"C类|class C")
_LEFT = re.compile(r"\{(\{\w+\})\}")
"""What stands in braces in the words of a term and is neither a number of the file nor a name of the regulation."""
_RUN = re.compile(r"[^\0]+")
_LEAST = 2


@dataclass(frozen=True)
class Unsaid:
    """Words of a deciding provision that no rule rests on: what nobody encoded, or what decides nothing."""

    provision: Provision
    words: str


def hollow(encoding: Encoding) -> list[Problem]:
    """The faults, in the order of the rule file."""
    file = rule_file(encoding.paths[1])
    found = [*_classes(file), *_unspanned(file), *_wordless(encoding), *_unstatable(encoding, file)]
    found += [*_documents(encoding), *_declared(encoding), *_case_facts(encoding), *_revoked(encoding)]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.place.order)


def _rules(file: RuleFile) -> Mapping[Provision, list[Statement]]:
    found: dict[Provision, list[Statement]] = defaultdict(list)
    for statement in file.statements:
        if statement.node.ast_type == ASTType.Rule and statement.provision:
            found[statement.provision].append(statement)
    return found


def _letters(block: Block) -> set[str]:
    return {letter for letter in block.category.partition(" ")[0].split("/") if len(letter) == 1}


def _classes(file: RuleFile) -> Iterator[Problem]:
    """Whoever decides has rules; whoever has nothing to decide has none, unless its reason says that it is checked."""
    have = _rules(file)
    for block in file.blocks:
        rules, named = have.get(block.provision, []), {"citation": block.citation}
        if _letters(block) & set(DECIDING) and not rules:
            letters = block.category.partition(" ")[0]
            yield Problem("audit.no_rule", named | {"found": letters}, Place(block.file, block.line))
        if _letters(block) in ({"N"}, {"X"}) and rules and not _CARRIED_AS_C.search(block.category):
            first = rules[0].line
            letter = "x" if _letters(block) == {"X"} else "n"
            yield Problem(
                f"audit.rules_of_{letter}", named | {"number": len(rules), "line": first}, Place(block.file, block.line)
            )


def _unspanned(file: RuleFile) -> Iterator[Problem]:
    """Rules that make a requirement, a bar, or say when either holds, name the words they rest on."""
    for statement in file.statements:
        if statement.node.ast_type != ASTType.Rule or statement.spans or statement.provision is None:
            continue
        for atom in atoms(statement.node.head):
            if signature(atom)[0] in (*KEYS, "barred", "met", "evidence"):
                named = {"citation": statement.provision.citation, "found": str(atom)}
                yield Problem("audit.no_span", named, Place(statement.file, statement.line))


def _wordless(encoding: Encoding) -> Iterator[Problem]:
    """Whatever is told by its key is called something, in both languages: in terms.lp, or beside its provision."""
    source = encoding.paths[1].read_text("utf-8")
    own = {lang: terms_in(source, lang) for lang in LANGUAGES}
    for rule in encoding.rules:
        for atom, (name, arity) in rule.parsed.head:
            table, place = _KEYS.get(name, ("", 0))
            if not table or place >= arity or not _constant(atom.arguments[place]):
                continue
            key = str(atom.arguments[place])
            for lang in LANGUAGES:
                if not has(f"{table}.{key}", lang) and f"{table}.{key}" not in own[lang]:
                    parameters = {"table": declared_as(table), "key": key, "lang": lang}
                    yield Problem("audit.no_words", parameters, Place(rule.file, rule.line))
    lines = source.splitlines()
    for key, found in {
        (key, one) for said in own.values() for key, words in said.items() for one in _LEFT.findall(words)
    }:
        line = next(at for at, words in enumerate(lines, 1) if words.startswith("%@") and found in words)
        yield Problem("audit.no_such_number", {"found": found, "key": key}, Place(encoding.paths[1].name, line))
    where = _Where(encoding)
    for table, key, kept, stands in _asked_of_people(encoding, where):
        for lang in LANGUAGES:
            if kept not in own[lang] and not has(kept, lang):
                yield Problem("audit.no_words", {"table": table, "key": key, "lang": lang}, stands)


def _asked_of_people(encoding: Encoding, where: _Where) -> Iterator[tuple[str, str, str, Place]]:
    """What a person chooses or settles by the text's own rules, and each of its words: table, key, where they stand."""
    stated = regulation(encoding.paths[1])
    for key, *_ in dict.fromkeys(row[:1] for row in stated.rows("reading_default", 2)):
        place = where.place("reading_default", str(key))
        yield "reading", str(key), f"reading.{key}.label", place
        yield "reading_reason", str(key), f"reading.{key}.reason", place
    for key, choice in stated.rows("reading_choice", 2):
        place = where.place("reading_default", str(key))
        yield "reading_choice", f"{key}, {choice}", f"reading.{key}.{choice}", place
    for entry in rule_file(encoding.paths[1]).entries:
        place = Place(entry.file, entry.line)
        yield "entry", entry.key, f"entry.{entry.key}.label", place
        yield "entry_rule", entry.key, f"entry.{entry.key}.rule", place


def _unstatable(encoding: Encoding, file: RuleFile) -> Iterator[Problem]:
    """Every term a rule names where the vocabulary has a list stands in that list: a topic, a paper, a prize …"""
    kinds = _kinds(encoding)
    own = terms_in(encoding.paths[1].read_text("utf-8"), LANGUAGES[0])
    places = any(key.startswith(f"{called('place')}.") for key in own)
    for rule in encoding.rules:
        if rule.file != file.path.name:
            continue
        for atom, sig in (pair for each in (rule.parsed.head, *rule.parsed.body) for pair in each):
            for place, (what, allowed) in kinds.get(sig, {}).items():
                term = atom.arguments[place]
                for name in _constants(term):
                    declared = f"vocabulary.choices.{what}.{name}" in own or name == encoding.city
                    if name not in allowed and not declared and name not in encoding.constants:
                        parameters = {"found": name, "what": what, "wanted": "、".join(allowed), "name": sig[0]}
                        code, table = "audit.unknown_term", declared_as(f"vocabulary.choices.{what}")
                        if table and (table != "place" or places):
                            code, parameters = "audit.undeclared_term", parameters | {"table": table}
                        yield Problem(code, parameters, Place(rule.file, rule.line))


def _kinds(encoding: Encoding) -> dict[tuple[str, int], dict[int, tuple[str, tuple[str, ...]]]]:
    """For each predicate the places that hold a term of a list: the list's name, and its terms."""
    tables = _tables()
    found: dict[tuple[str, int], dict[int, tuple[str, tuple[str, ...]]]] = defaultdict(dict)
    for predicate in PREDICATES.values():
        sig = (predicate.name, len(predicate.fields))
        for place, each in enumerate(predicate.fields):
            if each.kind == "choice":
                found[sig][place] = (each.wording, each.choices)
    for sig, words in wording([rule_file(path) for path in encoding.paths]).predicates.items():
        for place, name in enumerate(words.names):
            kind, _, table = words.types.get(name, "").partition(":")
            if kind == "choice" and table in tables and sig[0] not in PREDICATES:
                found[sig].setdefault(place, (table, tables[table]))
    name, arity, place = _TOPIC
    found[name, arity][place] = ("topic", tables["topic"])
    return found


@cache
def _tables() -> Mapping[str, tuple[str, ...]]:
    """The lists of the vocabulary by name; one that several fields have in part is all of them together."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for predicate in PREDICATES.values():
        for each in predicate.fields:
            if each.kind == "choice":
                found[each.wording] |= dict.fromkeys(each.choices)
    return {name: tuple(terms) for name, terms in found.items()}


def _constant(term: AST) -> bool:
    return term.ast_type == ASTType.SymbolicTerm and str(term)[:1].isalpha()


def _constants(term: AST) -> list[str]:
    """The names a term stands for: itself, or each member of a pool."""
    if term.ast_type == ASTType.Pool:
        return [name for each in term.arguments for name in _constants(each)]
    return [str(term)] if _constant(term) else []


TABLES = (
    "prize", "kind", "track", "topic", "material_kind", "certificate_kind", "thing", "cap", "place", "recommender",
    "amount_kind", "rank_scope", "penalty_field", "record_kind", "condition_kind", "revocation_ground",
)  # fmt: skip
"""The tables whose terms a regulation declares by facts."""
_TRANSITIONS = ("announced", "submitted")
_DIMENSIONS = {"prize": "prize", "kind": "kind", "track": "track"}


def _declared(encoding: Encoding) -> Iterator[Problem]:
    """What a regulation declares is whole: terms worded and used, prizes with a level, caps that count, places."""
    own = regulation(encoding.paths[1])
    where = _Where(encoding)
    words = {lang: terms_in(encoding.paths[1].read_text("utf-8"), lang) for lang in LANGUAGES}
    for table in TABLES:
        for term in own.terms(table):
            yield from where.wordless(table, term, words)
            if table not in ("prize", "topic", "place") and not where.used(term, table):
                yield Problem("audit.term_unused", {"table": table, "term": term}, where.place(table, term))
    for constant in encoding.constants.values():
        if constant.file == encoding.paths[1].name and any(
            constant.name in own.worded.get(table, ()) for table in TABLES
        ):
            yield Problem("audit.constant_name", {"name": constant.name}, Place(constant.file, constant.line))
    yield from _finders(own, where, words)
    yield from _caps(own, where)
    yield from _seats(own, where, encoding)


def _finders(own: Regulation, where: _Where, words: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """Whoever makes a finding is called something, and some provision asks for the finding."""
    asked = {topic for rule in where.rules for topic in _topics(rule.node.head)}
    for topic, who in own.rows("finder", 2):
        for lang in LANGUAGES:
            keys = [f"{called(table)}.{who}" for table in FINDERS]
            if not any(key in words[lang] or has(key, lang) for key in keys):
                told: dict[str, str | int] = {"table": "role", "key": who, "lang": lang}
                yield Problem("audit.no_words", told, where.place("finder", str(who)))
        if topic not in asked:
            yield Problem("audit.finder_of_nothing", {"topic": topic}, where.place("finder", str(topic)))


def _topics(head: AST) -> Iterator[str]:
    name, arity, place = _TOPIC
    for atom in atoms(head):
        if signature(atom) == (name, arity):
            yield from _constants(atom.arguments[place])


def _case_facts(encoding: Encoding) -> Iterator[Problem]:
    """What a regulation's own file states and is a case's to say."""
    facts = {(one.name, len(one.fields)) for one in PREDICATES.values()}
    told: set[tuple[str, int]] = set()
    for rule in encoding.rules:
        if rule.file == encoding.paths[1].name:
            for name, arity in sorted((rule.heads & facts) - told):
                told.add((name, arity))
                yield Problem("audit.case_fact", {"found": f"{name}/{arity}"}, Place(rule.file, rule.line))


def _revoked(encoding: Encoding) -> Iterator[Problem]:
    """A ground of revocation has remedies, and `conduct` the words it means; a transition is one that there is."""
    own, where = regulation(encoding.paths[1]), _Where(encoding)
    remedied = {row[0] for row in own.rows("remedy", 2)}
    grave = text("audit.grave", "zh")
    for ground, provision in own.rows("revocation", 2):
        place = Provision.parse(str(provision))
        at = where.place("revocation", str(ground))
        if provision not in remedied:
            yield Problem("audit.no_remedy", {"ground": str(ground), "citation": place.citation}, at)
        if ground == "conduct" and grave not in encoding.statute.words.get(place, grave):
            yield Problem("audit.conduct", {"citation": place.citation}, at)
    for provision, what in own.rows("transition", 2):
        if what not in _TRANSITIONS:
            told = {"found": str(what), "citation": Provision.parse(str(provision)).citation}
            yield Problem("audit.transition", told, where.place("transition", str(what)))


def _caps(own: Regulation, where: _Where) -> Iterator[Problem]:
    caps = dict.fromkeys(str(row[1]) for row in own.rows("quota", 3))
    levels = {row[0] for row in own.rows("level", 2)}
    if caps:
        for prize in own.prizes:
            if prize not in levels:
                yield Problem("audit.no_level", {"prize": prize}, where.place("prize", prize))
    counted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for cap, dimension, value in own.rows("within", 3):
        counted[str(cap)][str(dimension)].append(str(value))
    for cap, by in counted.items():
        empty = [values for dimension, values in by.items() if not {*values} & _known(own, dimension)]
        lacking = {one for values in empty for one in values}
        if cap not in caps:
            yield Problem("audit.cap_without_number", {"cap": cap}, where.place("within", cap))
        elif lacking:
            told: dict[str, str | int] = {"cap": cap, "found": "、".join(sorted(lacking))}
            yield Problem("audit.cap_counts_nothing", told, where.place("within", cap))


def _known(own: Regulation, dimension: str) -> set[str]:
    """What a cap may count by a dimension: what the text declares, of kinds else the standard ones."""
    declared = set(own.terms(_DIMENSIONS.get(dimension, "")))
    return declared or ({"organization", "individual"} if dimension == "kind" else set())


def _seats(own: Regulation, where: _Where, encoding: Encoding) -> Iterator[Problem]:
    """Where a seat is required, some rule says which place will do: the city's own, or those of `here`."""
    asked = [rule for rule in where.rules if any(_key(atom) == ("requires", "seat") for atom in atoms(rule.node.head))]
    if not asked:
        return
    bodies = [str(part) for rule in where.rules if "met(" in str(rule.node.head) for part in rule.node.body]
    named = any(re.fullmatch(rf"seat\(\w+,{encoding.city}\)", body.replace(" ", "")) for body in bodies)
    here = any(body.startswith("here(") for body in bodies) and own.rows("here", 1)
    if not here and (own.terms("place") or not named):
        yield Problem("audit.no_here", {}, Place(asked[0].file, asked[0].line))


def _key(atom: AST) -> tuple[str, str]:
    name, arity = signature(atom)
    return name, str(atom.arguments[2]) if arity > 2 else ""


class _Where:
    """The own rules of a regulation: where a term is declared, and whether anything else names it."""

    def __init__(self, encoding: Encoding) -> None:
        self.rules = [rule for rule in encoding.rules if rule.file == encoding.paths[1].name]
        self._texts = [(rule, str(rule.node).replace(" ", "")) for rule in self.rules]

    @cached_property
    def _whole(self) -> set[str]:
        """The tables that some rule asks for whole: by a variable in a fact of the vocabulary."""
        return {
            field.table
            for rule in self.rules
            for atom in atoms(rule.node)
            if atom.name in PREDICATES and len(PREDICATES[atom.name].fields) == len(atom.arguments)
            for field, term in zip(PREDICATES[atom.name].fields, atom.arguments, strict=True)
            if field.table and term.ast_type == ASTType.Variable
        }

    def place(self, predicate: str, term: str) -> Place:
        """The first rule whose head is the predicate and that names the term."""
        for rule, text_ in self._texts:
            if text_.startswith(f"{predicate}(") and re.search(rf"(?<!\w){term}(?!\w)", text_):
                return Place(rule.file, rule.line)
        return Place(self.rules[0].file if self.rules else "")

    def used(self, term: str, table: str) -> bool:
        """Whether a rule besides the declaration names the term, or all of its table."""
        if table in self._whole:
            return True
        beside = [text_ for _, text_ in self._texts if not text_.startswith(f"{table}(")]
        return any(re.search(rf"(?<!\w){term}(?!\w)", text_) or f"{table}(" in text_ for text_ in beside)

    def wordless(self, table: str, term: str, words: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
        """A term that is called nothing, in either language."""
        key = f"{called(table)}.{term}"
        for lang in LANGUAGES:
            if key not in words[lang] and not has(key, lang):
                yield Problem("audit.no_words", {"table": table, "key": term, "lang": lang}, self.place(table, term))


def _documents(encoding: Encoding) -> Iterator[Problem]:
    """The text says under which number it was issued, and when: without either it governs nothing."""
    header = encoding.statute.header
    file = encoding.paths[1].with_suffix(".md").name
    if not header.get("文号", "").strip():
        yield Problem("audit.no_number", {}, Place(file))
    if not any(header.get(name, "").strip() for name in ISSUED):
        yield Problem("audit.no_issue_day", {}, Place(file))


def unsaid(encoding: Encoding) -> list[Unsaid]:
    """The words of each deciding provision that no rule rests on, in the order of the text; particles left out."""
    file = rule_file(encoding.paths[1])
    law = encoding.statute.words
    found = []
    for block in file.blocks:
        words = law.get(block.provision)
        if words is None or not _letters(block) & set(DECIDING):
            continue
        spans = {span.words for span in file.spans if span.provision == block.provision}
        found += [Unsaid(block.provision, run) for run in _left(words, spans)]
    return found


def _left(words: str, spans: set[str]) -> Iterator[str]:
    rest = list(words)
    for span in spans:
        for at in re.finditer(re.escape(span), words) if span else ():
            rest[at.start() : at.end()] = "\0" * len(span)
    for run in _RUN.findall("".join(rest)):
        for part in re.split(r"[。；]", run):
            said = _trimmed(part)
            if len(said) >= _LEAST:
                yield said


def _trimmed(words: str) -> str:
    """Words without the signs and particles at their ends."""
    return words.strip().strip(text("audit.particles", "zh"))
