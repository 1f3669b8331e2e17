"""Writes the rules of the dual program for one goal.

The first letter after `__` says what a predicate tells. Of a rule: q it applies, r it is reached, u v unsupported.
Of a part of a body: n it is asked, s it holds, j its instances that support, x it fails,
i its instances, e it has one, m it has none, p it is tried (conditions), c the values compared, a the aggregate's
value, b its contributors, l each instance of a conditional literal, h one that holds, g a
counterexample. Of an atom in a body:
y its arguments, o the instances that refute its negation, w the arguments of its pattern. k: a record to the contrary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clingo.ast import ASTType

from explain.dual.bodyplan import Part
from explain.dual.duals import Dual
from explain.dual.goals import Goal, Variant, hint, pattern
from explain.dual.lines import Lines, fails, holds, named, opened, simple, told
from explain.rules import (
    ANONYMOUS,
    Aggregate,
    Atom,
    Comparison,
    Conditional,
    Literal,
    Node,
    Rename,
    Rule,
    plain,
    variable,
    variables,
    written,
)


class Writer:
    """Writes what rules say to goals."""

    def __init__(self, dual: Dual, lines: Lines) -> None:
        self.dual = dual
        self.lines = lines
        self.rule: Rule | None = None

    def goal(self, goal: Goal, variant: Variant | None) -> None:
        """What one rule says to a goal; without a rule: the records that say otherwise where one is missing."""
        name = self.dual.name(goal)
        if variant:
            self.rule = variant.rule
            self._variant(variant, goal, written(name, variant.goal))
            self.sufficient(variant.parts)
            return
        key = self.dual.contrary(goal)
        if key is not None and not goal.truth:
            places = range(len(goal.bound))
            asked = [f"B{n}" for n in places if goal.bound[n]]
            found = [f"B{n}" if n < key else f"N{n}" for n in places]
            head = self.lines.shown(f"__k{name[3:]}", asked, found)
            self.lines.add(head, written(name, asked), written(goal.signature[0], found))

    def sufficient(self, parts: Iterable[Part]) -> None:
        """Rules for `__s` of the parts and of those below them, where `__n` asks for it."""
        for part in parts:
            if simple(part):
                continue
            needed = named("n", part)
            self.lines.add(named("s", part), needed, part.literal.text, *map(holds, part.inside))
            for inner in part.inside:
                if not simple(inner):
                    self.lines.add(named("n", inner), needed, part.literal.text)
            self.sufficient([*part.inside, *part.beside])
            for group in self.dual.conditions(part):
                self.sufficient(group)

    def _variant(self, variant: Variant, goal: Goal, asked: str) -> None:
        if variant.unsupported:
            self.lines.add(self.lines.shown(f"__{'vu'[goal.truth]}{variant.number}", variant.goal), asked)
            return
        if variant.rule.external:
            there = self.lines.shown(f"__{'vu'[goal.truth]}{variant.number}", variant.goal)
            for part in variant.parts:
                self.lines.ask(part, asked)
            self.lines.add(there, asked, *map(holds, variant.parts))
            if goal.truth:
                return
        if not variant.parts and not variant.rule.choice and not goal.truth:
            return  # a fact has nothing that could fail
        for part in variant.parts:
            self.lines.ask(part, asked)
        head = self.lines.shown(f"__{'rq'[goal.truth]}{variant.number}", variant.goal, variant.inner)
        self.lines.add(head, asked, *(map(holds, variant.parts) if goal.truth else ()))
        for part in variant.parts:
            (self._holding if goal.truth else self._failing)(part, head)

    # Parts ------------------------------------------------------------------------------------------------------

    def _holding(self, part: Part, cause: str) -> None:
        """Why a part holds: its instances that do, and their goals."""
        found = cause
        if part.new:
            found = self.lines.part("j", part, part.new)
            self.lines.add(found, cause, part.literal.text, *map(holds, part.inside))
        self._literal(part, found, True)
        for inner in part.inside:
            self._holding(inner, found)

    def _failing(self, part: Part, cause: str) -> None:
        """Why a part fails where `cause` reaches it: every instance it has, or that it has none."""
        head = self.lines.part("x", part)
        self.lines.add(head, cause, fails(part))
        if simple(part) or not part.new:
            self._literal(part, head, False)
            return
        found = self.lines.part("i", part, part.new)
        self.lines.add(found, head, part.literal.text)
        self._literal(part, found, True)
        for inner in part.inside:
            self._failing(inner, found)
        self._missing(part, head)

    def _missing(self, part: Part, head: str, tried: bool = False) -> None:
        """That a part has no instance, and what fails then; of conditions that are tried it is told."""
        if isinstance(part.literal, Aggregate):
            return  # it always has a value
        missing = self.lines.part("m", part) if tried else named("m", part)
        if atom := opened(part):
            self.lines.add(missing, head, f"not {atom}")
        else:
            self.lines.add(named("e", part), head, part.literal.text)
            self.lines.add(missing, head, f"not {named('e', part)}")
        self._literal(part, missing, False)
        for other in part.beside:
            self.lines.ask(other, missing)
            self._failing(other, missing)

    def _tried(self, part: Part, cause: str) -> None:
        """Like `_failing`, for conditions: every branch that fails, though others hold."""
        self.lines.ask(part, cause)
        if not part.new:
            self._failing(part, cause)
            return
        if simple(part):
            self._missing(part, cause, tried=True)
            return
        head = self.lines.part("p", part)
        self.lines.add(head, cause)
        found = self.lines.part("i", part, part.new)
        every = (head, part.literal.text)
        for inner in part.inside:
            if inner.new:
                self._tried(inner, ", ".join(every))
                self.lines.add(found, *every, named("m", inner))
                self.lines.add(found, *every, written(f"__i{inner.number}", [*inner.key, *inner.new]))
            else:
                self.lines.add(found, *every, fails(inner))
                self._failing(inner, found)
        self._literal(part, found, True)
        self._missing(part, head, tried=True)

    # Literals ---------------------------------------------------------------------------------------------------

    def _literal(self, part: Part, cause: str, truth: bool) -> None:
        """What stands behind the truth of a part's first literal where `cause` holds: values, contributors, goals."""
        literal = part.literal
        key = [*part.key, *(part.new if truth else ())]
        if isinstance(literal, Atom):
            self._atom(str(part.number), key, literal, cause, truth)
        elif isinstance(literal, Comparison) and not part.new:
            self.lines.add(self.lines.part("c", part, list(map(told, literal.terms))), cause)
        elif isinstance(literal, Aggregate):
            self._aggregate(part, literal, cause)
        elif isinstance(literal, Conditional):
            self._conditional(part, literal, cause, truth)

    def _atom(self, tag: str, key: Sequence[str], literal: Atom, cause: str, truth: bool) -> None:
        if truth != (literal.sign == 1):
            self._present(tag, key, literal, cause)
            return
        asked = pattern(literal, key)
        if asked is None:
            return
        bound, terms = asked
        text = [str(term) for term in terms]
        if not all(map(plain, terms)):
            self.lines.add(self.lines.shown(f"__w{tag}", key, text), cause)
        assert self.rule is not None
        built = any(variables([term]) and term.ast_type != ASTType.Variable for term in terms)
        built = built or self._computed(self.rule, variables(terms))
        goal = Goal(False, literal.signature, bound)
        if not (built and self.dual.recursive(self.rule, literal)):
            self._follow(goal, text, cause, terms)
        elif self.dual.explained(goal):  # it might be asked of ever new terms: asked from outside, as far as that ends
            cut, name = f"__z{tag}_{self.dual.name(goal)[2:]}", self.dual.name(goal)
            self.dual.cuts[cut] = tag, goal
            self.dual.followed[name] = self.dual.keys[name] = len(text)
            self.lines.add(self.lines.shown(cut, text), cause)

    def _computed(self, rule: Rule, names: Sequence[str]) -> bool:
        """Whether one of some variables may get a value that is computed: from the head, or by an equation."""
        heads = rule.head.arguments if rule.head else ()
        equations = [one.terms for one in rule.body if isinstance(one, Comparison) and "=" in one.operators]
        sums = [term for term in heads if not plain(term)] + [t for terms in equations for t in terms if not plain(t)]
        computed = set(variables(sums))
        for terms in equations:
            if computed & set(variables(terms)):
                computed |= set(variables(terms))
        return not computed.isdisjoint(names)

    def _present(self, tag: str, key: Sequence[str], literal: Atom, cause: str) -> None:
        """Goals for the atoms that are there: the one a literal names, or all that refute its negation."""
        fresh = iter(range(len(key) + 99))

        def change(node: Node) -> Node | None:
            named = node.ast_type == ASTType.Variable and node.name == ANONYMOUS
            return variable(f"Some{next(fresh)}__") if named else None

        terms = [Rename(change)(term) for term in literal.arguments]
        text = [str(term) for term in terms]
        if not all(map(plain, terms)) or terms != list(literal.arguments):
            found = self.lines.shown(f"__o{tag}", key, text)
            self.lines.add(found, cause, written(literal.name, text))
            fresh_names = [f"Arg{n}__" for n in range(len(text))]
            cause, text = written(f"__o{tag}", [*key, *fresh_names]), fresh_names
        self._follow(Goal(True, literal.signature, (True,) * len(text)), text, cause, literal.arguments)

    def _follow(self, goal: Goal, arguments: Sequence[str], cause: str, terms: Sequence[Node]) -> None:
        if self.dual.explained(goal):
            self.lines.piece.goals.append((goal, tuple(map(hint, terms))))
            self.lines.add(written(self.dual.name(goal), arguments), cause)

    def _aggregate(self, part: Part, literal: Aggregate, cause: str) -> None:
        self.lines.add(self.lines.part("a", part, ["Value__"]), cause, f"Value__ = {literal.members}")
        terms = [str(term) for _, term in literal.guards if set(variables([term])) <= set(part.key)]
        if terms:
            self.lines.add(self.lines.part("c", part, terms), cause)
        for number, element in enumerate(literal.elements):
            rest = [*map(str, element.terms), *element.locals]
            found = self.lines.shown(f"__b{part.number}_{number}", part.key, rest)
            self.lines.add(found, cause, *(condition.text for condition in element.conditions))
            names = [*part.key, *element.locals]
            self._conditions(f"{part.number}_{number}", names, element.conditions, found)
            for inner in self.dual.conditions(part)[number]:
                self._tried(inner, cause)

    def _conditional(self, part: Part, literal: Conditional, cause: str, truth: bool) -> None:
        tested = literal.literal
        found = self.lines.part("gl"[truth], part, literal.locals)
        names = [*part.key, *literal.locals]
        there = [condition.text for condition in literal.conditions]
        if not truth:  # what has no value fails too, whatever its sign
            held = written(f"__h{part.number}", names)
            self.lines.add(held, cause, *there, tested.text)
            there.append(f"not {held}")
        self.lines.add(found, cause, *there)
        self._conditions(f"{part.number}_0", names, literal.conditions, found)
        if isinstance(tested, Atom):
            self._atom(f"{part.number}_{'gl'[truth]}", names, tested, found, truth)
        if truth:
            for inner in self.dual.conditions(part)[0]:
                self._tried(inner, cause)

    def _conditions(self, tag: str, names: Sequence[str], literals: Sequence[Literal], cause: str) -> None:
        for number, literal in enumerate(literals):
            if isinstance(literal, Atom):
                self._atom(f"{tag}_{number}", names, literal, cause, True)
