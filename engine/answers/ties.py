"""Who has an interest (利害关系) in whom, as `rules/interest.lp` has it, and the facts that lead from one to the other.

The rules say who is tied to whom and by which limb; the facts of a tie are found when somebody asks for them. Where a
tie runs through control, of whatever length, the rules give the links, and of all chains the shortest is taken.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import clingo

from engine.answers.shapes import Shapes

HEADS = ("legal_representative", "person_in_charge")
TIES = """#show interest/3. #show applies/2. #show bond/4. #show link/4. #show related/3. #show company_tie/4.
#show coach/3. #show workplace/3. #show belongs/3."""
"""What of `interest.lp` tells the interests, and of what their chains are made."""

State = tuple[tuple[str, ...], str, str]
"""Where a chain stands: the facts still to be told, how it goes on, and from whom."""


class Interest(NamedTuple):
    """A tie of a person to an applicant, with the facts from the one to the other as clingo writes them."""

    person: str
    applicant: str
    limb: str
    chain: tuple[str, ...]

    @property
    def facts(self) -> list[clingo.Symbol]:
        """The facts from the person to the applicant."""
        return [clingo.parse_term(fact) for fact in self.chain]

    def source(self, profile: str, day: int) -> str:
        """The key of the profile's own source for it: `panels.source.<key>` of the catalogue.

        `day` (yyyymmdd) is the applicant's day of reference: of whom kin holds an office then or later.
        """
        if self.limb in ("self", "declared") or profile == "declared_only":
            return f"{self.limb}_{profile}" if self.limb == "declared" else self.limb
        ties = [fact for fact in self.facts if fact.name != "part_of"]
        last = ties[-1]
        if profile == "tender":
            return _TENDER.get(self.limb, "own")
        head = last.name != "officer" or (last.arguments[2].name in HEADS and last.arguments[4].number >= day)
        if self.limb == "officer":
            return "head" if last.arguments[2].name in HEADS else "officer"
        if self.limb == "kin_of_officer":
            return ("individual" if len(ties) == 1 else "kin_of_officer") if head else "own"
        if self.limb == "shareholder":
            return "shareholder" if last.arguments[2].name == "controlling" else "economic"
        return _STRICT.get(self.limb, "own")


_TENDER = {
    **dict.fromkeys(("employed", "officer", "shareholder", "control", "coach", "consulting"), "economic"),
    "kin_of_officer": "near_kin",
    "authority": "authority",
}
_STRICT = {
    "employed": "employed",
    "control": "control",
    "authority": "authority",
    "coach": "economic",
    "consulting": "economic",
}


class Ownership:
    """The links of control counted on a day: down to who is controlled, up to who controls, with the facts."""

    def __init__(self, links: Iterable[tuple[str, str, str]]) -> None:
        self.down: dict[str, list[tuple[str, str]]] = {}
        self.up: dict[str, list[tuple[str, str]]] = {}
        for controller, controlled, fact in links:
            self.down.setdefault(controller, []).append((controlled, fact))
            self.up.setdefault(controlled, []).append((controller, fact))
        self._far: dict[tuple[str, str], Mapping[str, int]] = {}
        self._nearer: dict[tuple[str, str, str], list[tuple[str, State]]] = {}

    def far(self, way: str, goal: str) -> Mapping[str, int]:
        """From whom the goal can be reached that way, and by how many facts.

        `down`: from a controller. `home`: from any company of the goal's group: up to whoever controls both, then down.
        `own`: from whoever controls such a company; a link that is passed twice is told once.
        """
        if (way, goal) not in self._far:
            self._far[way, goal] = self._measured(way, goal)
        return self._far[way, goal]

    def _measured(self, way: str, goal: str) -> Mapping[str, int]:
        if way == "down":
            return self._spread({goal: 0}, self.up)
        home = self.far("home", goal) if way == "own" else {}
        if way == "home":
            return self._spread(dict(self.far("down", goal)), self.down)
        far = len(self.up) + len(self.down) + 2
        start: dict[str, int] = {}
        for one, links in self.down.items():
            ends = [min(home.get(other, far), home.get(one, far)) + 1 for other, _ in links if other != goal]
            if ends and min(ends) <= far:
                start[one] = min(ends)
        return self._spread(start, self.up)

    @staticmethod
    def _spread(start: Mapping[str, int], links: Mapping[str, list[tuple[str, str]]]) -> Mapping[str, int]:
        """The least number of facts for each who is reached, one a link."""
        done: dict[str, int] = {}
        heap = sorted((number, one) for one, number in start.items())
        while heap:
            number, one = heapq.heappop(heap)
            if one in done:
                continue
            done[one] = number
            for other, _ in links.get(one, ()):
                if other not in done:
                    heapq.heappush(heap, (number + 1, other))
        return done

    def _onward(self, state: State, goal: str) -> Sequence[tuple[str, State]]:
        """The next facts of the shortest chains from a state to the goal, each with the state it leads to."""
        told, way, one = state
        if told:
            return [(told[0], (told[1:], way, one))]
        if (way, one, goal) not in self._nearer:
            less = self.far(way, goal)[one] - 1
            self._nearer[way, one, goal] = [
                step for step in self._moves(way, one, goal) if self.far(step[1][1], goal).get(step[1][2]) == less
            ]
        return self._nearer[way, one, goal]

    def _moves(self, way: str, one: str, goal: str) -> Iterator[tuple[str, State]]:
        """Every next fact of a chain, and where it leads."""
        for other, fact in self.down.get(one, ()):
            if way != "own":
                yield fact, ((), "down", other)
            else:
                yield fact, ((), "own", other)
                if other != goal:
                    yield fact, ((), "home", other)
                    yield fact, ((), "home", one)
        if way == "home":
            for other, fact in self.up.get(one, ()):
                yield fact, ((), "home", other)

    def shortest(self, starts: Iterable[State], goal: str) -> tuple[str, ...] | None:
        """Of all chains from these starts to the goal the one of fewest facts, then of the smallest text."""
        known = [
            (far + len(told), (told, way, one))
            for told, way, one in starts
            if (far := self.far(way, goal).get(one)) is not None
        ]
        if not known:
            return None
        number = min(known)[0]
        states = {state for far, state in known if far == number}
        chain: list[str] = []
        for _ in range(number):
            steps = [step for state in states for step in self._onward(state, goal)]
            fact = min(steps)[0]
            states = {state for one, state in steps if one == fact}
            chain.append(fact)
        return tuple(dict.fromkeys(chain))


class Ties:
    """The interests of one answer of the rules; `of` and `between` find the chains."""

    def __init__(self, atoms: Iterable[tuple[str, Sequence[clingo.Symbol]]], shapes: Shapes | None = None) -> None:
        """`atoms` are what the rules say, each by its name and arguments."""
        self._shapes = shapes
        self._plain: Collection[str] = shapes.plain if shapes else ()
        self._limbs: dict[str, dict[str, list[str]]] = {}
        self.days: dict[str, int] = {}
        """Each applicant's day of reference."""
        self._bonds: dict[tuple[str, str, str], list[clingo.Symbol]] = defaultdict(list)
        self._links: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
        self._kin: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._companies: dict[tuple[int, str], list[tuple[str, clingo.Symbol]]] = defaultdict(list)
        self._coaches: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._workplaces: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._belonging: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._control: dict[int, Ownership] = {}
        for name, arguments in atoms:
            self._take(name, arguments)
        if shapes:
            shapes.learn(
                (str(facts[0]), limb) for (person, _, limb), facts in self._bonds.items() if person in shapes.plain
            )

    def applicants(self, person: str) -> Collection[str]:
        """The applicants in whom somebody has an interest."""
        if self._shapes and person in self._plain:
            return self._shapes.applicants(person)
        return self._limbs.get(person, {}).keys()

    def interested(self) -> Mapping[str, Collection[str]]:
        """For each applicant whoever has an interest in him."""
        found = self._shapes.interested() if self._shapes else {}
        for person, limbs in self._limbs.items():
            if person not in self._plain:
                for applicant in limbs:
                    found.setdefault(applicant, set()).add(person)
        return found

    def of(self, person: str) -> tuple[Interest, ...]:
        """The interests of somebody, sorted by applicant and limb."""
        return tuple(one for applicant in sorted(self.applicants(person)) for one in self.between(person, applicant))

    def between(self, person: str, applicant: str) -> tuple[Interest, ...]:
        """The interests of somebody in an applicant, one a limb, sorted."""
        if self._shapes and person in self._plain:
            facts = self._shapes.between(person, applicant)
            return tuple(Interest(person, applicant, limb, (facts[limb],)) for limb in sorted(facts))
        limbs = sorted(self._limbs.get(person, {}).get(applicant, ()))
        return tuple(Interest(person, applicant, limb, self.chain(person, applicant, limb)) for limb in limbs)

    def chain(self, person: str, applicant: str, limb: str) -> tuple[str, ...]:
        """The facts of a tie: of all its chains the one of fewest facts, then of the smallest text."""
        bonds = self._bonds.get((person, applicant, limb), ())
        found = [tuple(dict.fromkeys(map(str, leaves(bond)))) for bond in bonds]
        found += self._through_control(person, applicant, limb)
        return min(found, key=lambda chain: (len(chain), chain))

    def _through_control(self, person: str, applicant: str, limb: str) -> Iterator[tuple[str, ...]]:
        day = self.days[applicant]
        control = self._control.get(day) or self._control.setdefault(day, Ownership(self._links[day]))
        kin = self._kin.get(person, ())
        own: list[State] = [((), "down", person)]
        theirs: list[State] = [((fact,), "down", other) for other, fact in kin if other != applicant]
        ends: Sequence[tuple[str, str]] = ()
        if limb in ("control", "kin_of_owner"):
            own = own if limb == "control" else theirs
            if chain := control.shortest(own, applicant):
                yield chain
            ends = self._belonging[applicant]
        elif limb == "group_company":
            starts: list[State] = [((), "own", person), *(((fact,), "own", other) for other, fact in kin)]
            for company, tie in self._companies.get((day, person), ()):
                if company != applicant:
                    starts.append((tuple(map(str, leaves(tie))), "home", company))
            if chain := control.shortest(starts, applicant):
                yield chain
        elif limb == "coach":
            ends = self._coaches[applicant]
        elif limb == "colleague":
            ends = self._workplaces[applicant]
            own += [((fact,), "down", other) for other, fact in kin]
        for end, fact in ends:
            if chain := control.shortest([one for one in own if one[2] != end], end):
                yield (*chain, fact)

    def _take(self, name: str, arguments: Sequence[clingo.Symbol]) -> None:
        """Take in an atom; others than those of interest.lp are none of ours."""
        match name, arguments:
            case "interest", (person, applicant, limb):
                self._limbs.setdefault(person.string, {}).setdefault(applicant.string, []).append(limb.name)
            case "applies", (applicant, day):
                self.days[applicant.string] = day.number
            case "bond", (person, applicant, limb, facts):
                self._bonds[person.string, applicant.string, limb.name].append(facts)
            case "link", (day, controller, controlled, fact):
                self._links[day.number].append((controller.string, controlled.string, str(fact)))
            case "related", (person, other, fact):
                self._kin[person.string].append((other.string, str(fact)))
            case "company_tie", (day, person, company, facts):
                self._companies[day.number, person.string].append((company.string, facts))
            case "coach", (applicant, coach, fact):
                self._coaches[applicant.string].append((coach.string, str(fact)))
            case "belongs", (applicant, owner, fact):
                self._belonging[applicant.string].append((owner.string, str(fact)))
            case "workplace", (applicant, place, fact):
                self._workplaces[applicant.string].append((place.string, str(fact)))


def leaves(links: clingo.Symbol) -> Iterator[clingo.Symbol]:
    """The facts in a term: facts are functions with a name; pairs, which hold them together, have none."""
    if links.name:
        yield links
    else:
        for link in links.arguments:
            yield from leaves(link)
