"""What tells a slip from the rules, put on file: the case, with the outcome the rules give, for a lawyer to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from audit.checks import Witness
from audit.encoding import DECIDE, Encoding
from audit.mutants.mutation import Mutant
from audit.opinions import ledger
from audit.space import ROUND, Telling
from audit.tables import as_row, row_text, toml

Found = Mapping[int, Witness | Telling | None]


def tables(encoding: Encoding, survivors: Sequence[Mutant], found: Found, comment: Sequence[str]) -> dict[Path, str]:
    """The table in which the cases of these slips go, with them in it; none where nothing was found."""
    told = [(mutant, one) for mutant in survivors if (one := found.get(mutant.id))]
    if not told:
        return {}
    own = ledger.signing_place(encoding)
    file = own if encoding.question is DECIDE else own.with_name(f"{encoding.question.name}_{own.name}")
    before = file.read_text("utf-8") if file.exists() else ""
    ids = (f"{_place(mutant)}_{number}" for number, (mutant, _) in enumerate(told, before.count("[[case]]") + 1))
    if encoding.question is not DECIDE:
        beginning = "\n".join(f"# {line}" for line in comment) + "\n"
        wholes = {repr(as_row(one)): as_row(one) for _, one in told if isinstance(one, Telling)}
        return {
            file: ledger.updated(
                file, beginning, {id: toml(id, row) for id, row in zip(ids, wholes.values(), strict=False)}
            )
        }
    dossiers = {one.dossier: one for _, one in told if isinstance(one, Witness)}
    first = next(iter(dossiers.values()))
    bases = ledger.bases(file) or ledger.kinds([first.base])
    beginning = ledger.head(encoding.city, comment, ROUND, first.dossier.deadline, bases)
    rows = {id: row_text(id, "", one.dossier, one.old, bases) for id, one in zip(ids, dossiers.values(), strict=False)}
    return {file: ledger.updated(file, beginning, rows)}


def _place(mutant: Mutant) -> str:
    """The beginning of an id: the provision, or the file that the slip is in, and what its rule derives."""
    p = mutant.provision
    where = Path(mutant.rule.file).stem
    if p:
        where = f"a{p.article}" + (f"_p{p.paragraph}" if p.paragraph else "") + (f"_i{p.item}" if p.item else "")
    return "_".join([where, *(name for name, _ in sorted(mutant.rule.heads)[:1])])
