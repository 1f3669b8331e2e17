"""What a result is put on record with. No rule reads any of it."""

from engine.facts import kinds as t
from engine.facts.predicate import Statement


class Source(Statement):
    """The document (依据材料) that a fact of the case rests on, and its number (文号, may be empty)."""

    speaks_of = "fact"

    fact: t.Text
    document: t.Text
    number: t.Text


class Office(Statement):
    """The office that signs the round's papers (承办机关), and whom to ask there."""

    one_per = ()

    name: t.Text
    person: t.Text
    telephone: t.Text


class DocumentSeries(Statement):
    """The running numbers of the round's papers: code (发文代字), year, and the first number that is free."""

    one_per = ("code", "year")

    code: t.Text
    year: t.Year
    number: t.Count


class DocumentNumber(Statement):
    """The number (文号) that a paper about somebody already has; `about` is empty for a paper about the round."""

    one_per = ("paper", "about")

    paper: t.Paper
    about: t.Text
    number: t.Text


class SeriesFor(Statement):
    """The series that a paper takes its number from; without it, the only one."""

    one_per = ("paper",)
    follows = ("document_series", ("code",))

    paper: t.Paper
    code: t.Text


class DocumentDay(Statement):
    """The day that a paper about somebody bears; `about` is empty for a paper about the round."""

    one_per = ("paper", "about")

    paper: t.Paper
    about: t.Text
    day: t.Day


class Signer(Statement):
    """Who signs a paper (签发人); `about` is empty for a paper about the round."""

    one_per = ("paper", "about")

    paper: t.Paper
    about: t.Text
    name: t.Text


class Seal(Statement):
    """Whose seal stands for the office's (代章)."""

    one_per = ()

    name: t.Text


class Sent(Statement):
    """The day on which a paper was sent; `about` is empty for a paper about the round."""

    paper: t.Paper
    about: t.Text
    day: t.Day


class Received(Statement):
    """The day on which a paper was received (送达); `about` is empty for a paper about the round."""

    paper: t.Paper
    about: t.Text
    day: t.Day


class SupplementBy(Statement):
    """The last day on which supplements (补正材料) are taken."""

    one_per = ()

    day: t.Day


class AppliedBecause(Statement):
    """Why a provision is applied where the text leaves doubt; the reason that the legal staff give."""

    one_per = ("provision",)
    cites = "provision"

    provision: t.Provision
    text: t.Text


class Described(Statement):
    """What was done, in a few words, for papers: an offence, misconduct, a complaint, an accident."""

    one_per = ("fact",)
    speaks_of = "fact"

    fact: t.Text
    text: t.Text
