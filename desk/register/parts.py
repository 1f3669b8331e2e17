"""A register screened part by part: each part's rows and counts are two files, written by rename, remade alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from desk.register.ladder import at_round, deadlines, standings
from desk.register.mapping import Mapping, mapping_of
from desk.register.screening import heads, rows
from desk.register.snapshot import Snapshot
from desk.register.tally import Tally, tallied
from desk.shell import Shell, placed, sweep
from engine.answers import Decision, decide_part
from engine.case import Case, Row
from engine.errors import CaseError, Place, Problem
from engine.facts import Fact
from engine.law import rules_sha256
from engine.solve import Clock, governed, parts, program_sha256, readings_in_force
from engine.words import no_collecting


@dataclass(frozen=True)
class Work:
    """A screening in a folder: the mapping's file, the snapshot, how many later rounds, the language of the words.

    It is what workers are handed, with a part's number: they find everything else in the folder, which all share.
    """

    mapping: str
    folder: str
    rounds: int
    lang: str
    key: str

    @property
    def snapshot(self) -> Snapshot:
        """The register."""
        return _snapshot(self.folder, self.key)

    @property
    def register(self) -> Mapping:
        """The mapping."""
        return _mapping(self.mapping, self.key)

    @property
    def every(self) -> list[Fact]:
        """The assumed round and the later ones."""
        return [self.register.round, *deadlines(self.register.round, self.rounds)]

    def file(self, index: int, suffix: str) -> Path:
        """A part's file of rows (`csv`) or of counts (`json`); that one comes last and says that the part is done."""
        return Path(self.folder, "parts", self.key, f"{index:06}.{suffix}")

    def swept(self) -> Work:
        """The same without what processes that are gone left half written among its parts."""
        sweep(self.file(0, "json").parent)
        return self

    def missing(self) -> list[int]:
        """The parts that are not done."""
        return [index for index in range(self.snapshot.parts) if not self.file(index, "json").exists()]


def work_on(mapping: Path, folder: Path, rounds: int, lang: str) -> Work:
    """The work of a screening whose snapshot stands in the folder.

    Parts are kept by a hash of all they are made from: snapshot, rules, program, rounds, language. Another program,
    also an older one of the same version, finds none of its own and makes them anew.
    """
    snapshot, register = Snapshot(folder / "snapshot"), mapping_of(mapping)
    rules = rules_sha256(str(register.round.arguments[0]))
    made_from = [
        snapshot.manifest["sources"],
        snapshot.manifest["files"],
        snapshot.most,
        rules,
        program_sha256(),
        rounds,
        lang,
    ]
    key = sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()[:16]
    return Work(str(mapping), str(folder), rounds, lang, key)


@lru_cache(4)
def _snapshot(folder: str, key: str) -> Snapshot:
    del key  # another key, another snapshot in the same folder
    return Snapshot(Path(folder) / "snapshot")


@lru_cache(4)
def _mapping(file: str, key: str) -> Mapping:
    del key
    return mapping_of(Path(file))


@lru_cache(4)
def _same_here(work: Work) -> bool:
    """Whether a part made here would be one of this work: same register, rules and program."""
    return work_on(Path(work.mapping), Path(work.folder), work.rounds, work.lang) == work


def screen_part(work: Work, index: int) -> int:
    """Screen a part and write its files; how many enterprises it has.

    CaseError where the text governs no round, and where the machine sees another register, rules or program.
    """
    if not _same_here(work):
        raise CaseError([Problem("cluster_other_files", {"found": work.folder}, Place())])
    with no_collecting():
        return _screened(work, index)


def _screened(work: Work, index: int) -> int:
    facts, about, above = work.snapshot.part(index)
    every, shell = work.every, Shell(work.lang)
    case = Case.of([every[0], *facts])
    decision = _decided(case, [str(row[0]) for row in case.rows("applicant")])

    def after(ids: Sequence[str]) -> list[Decision]:
        kept = replace(case, columns=dict(_concerning(frozenset(ids), case)))
        return [_decided(at_round(kept, round), ids) for round in every[1:]]

    found = list(standings(decision, after, work.register.entries, above))
    tally = tallied((one, about.get(one.outcome.id, {})) for one in found)
    _renamed(work.file(index, "csv"), rows(found, every, about, shell))
    _renamed(work.file(index, "json"), json.dumps(tally.as_dict(), ensure_ascii=False))
    return len(found)


def _concerning(ids: Container[str | int], case: Case) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """The facts of a register that are about some of its enterprises, and its round."""
    for name in case.predicates:
        rows = tuple(row for row in case.rows(name) if name == "round" or row[0] in ids)
        if rows:
            yield name, rows


def _decided(case: Case, ids: Sequence[str]) -> Decision:
    """The case decided here, in one grounding."""
    (part,) = parts(case, ids)
    answer = decide_part(part, Clock())
    governed(case, answer.refused)
    readings = readings_in_force(case.city, case.readings)
    return Decision(case.city, case.round, case.deadline, readings, answer.outcomes, answer.notes, {}, case)


def _renamed(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with placed(path) as ready:
        ready.write_text(words, "utf-8", newline="")


def counted(work: Work) -> Tally:
    """The counts of all parts together."""
    tally = Tally()
    for index in range(work.snapshot.parts):
        tally.merge(Tally.of(json.loads(work.file(index, "json").read_bytes())))
    return tally


def table(work: Work, target: Path) -> None:
    """The rows of all parts under their heads as one file, written by rename."""
    with placed(target) as ready, ready.open("wb") as out:
        out.write(heads(Shell(work.lang)).encode("utf-8-sig"))
        for index in range(work.snapshot.parts):
            with work.file(index, "csv").open("rb") as part:
                shutil.copyfileobj(part, out)


def sliced(indexes: Sequence[int], number: int, of: int) -> Iterator[int]:
    """Every so manieth of some parts: slice `number` (from 1) of `of`."""
    return (index for index in indexes if index % of == number - 1)
