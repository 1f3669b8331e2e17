"""The predicates of the facts that go in: one class each, and nowhere else.

A class's docstring is the predicate's meaning, its fields give names, types, ranges and choices, its class variables
what may not be contradicted. Wording in both languages is in `catalogue/vocabulary.<lang>.toml`, keyed by these names.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from engine.facts import kinds as t
from engine.facts.predicate import Period, Predicate, Statement

if TYPE_CHECKING:
    import clingo

# Round


class Round(Statement):
    """The round (届) that the case is about, exactly one: city, number counted from 1, application deadline."""

    one_per = ()

    city: t.City
    number: t.Round
    deadline: t.Day


class Announced(Statement):
    """The day of the public announcement (评审公告)."""

    one_per = ()

    day: t.Day


class EvidenceClosed(Statement):
    """The time for supplements is over: open papers count as failed."""


class Reading(Statement):
    """A reading other than the default, by its key in the register of readings."""

    one_per = ("key",)

    key: t.Key
    choice: t.Key


class PanelSize(Statement):
    """The size of a panel, where the regulation itself gives none."""

    one_per = ()
    ordered = ("minimum", "maximum")

    minimum: t.Count
    maximum: t.Count


class PassMark(Statement):
    """The standard of a prize, from the round's own detailed rules; up to two decimals."""

    one_per = ("prize",)

    prize: t.Prize
    points: t.Points


class Holiday(Statement):
    """A day of a holiday notice (节假日安排) that the working-day calendar does not have yet: off, or worked (调休)."""

    one_per = ("day",)
    calendar = ("day", "kind")

    day: t.Day
    kind: t.HolidayKind


class HolidayYear(Statement):
    """The year's holiday notice is entered whole: all its other days go by the weekday."""

    year: t.Year


class SeedSource(Statement):
    """An announced public event whose numbers seed the draw, by its name and issue, and the day when it is due."""

    one_per = ("order",)
    unbroken = "order"

    order: t.Count
    name: t.Text
    day: t.Day


class SeedPart(Statement):
    """What an event of the draw gives: so many numbers between two bounds, drawn or thrown in one way."""

    one_per = ("order", "part")
    follows = ("seed_source", ("order",))
    ordered = ("low", "high")
    unbroken = "part"
    draws = ("numbers", "low", "high")

    order: t.Count
    part: t.Count
    numbers: t.Drawn
    low: t.DrawnNumber
    high: t.DrawnNumber
    kind: t.SeedKind


class SeedReserve(Statement):
    """The event, with the same parts, that counts where the announced one is officially cancelled."""

    one_per = ("order",)
    follows = ("seed_source", ("order",))

    order: t.Count
    name: t.Text
    day: t.Day


class FrozenOn(Statement):
    """The day on which the case was frozen for the draw."""

    one_per = ()
    not_after = ("objections_until", "seed_source", "seed_reserve")

    day: t.Day


class ObjectionsUntil(Statement):
    """The last day on which ties may be named before the draw."""

    one_per = ()
    before = ("seed_source", "seed_reserve")

    day: t.Day


class ReplacedFreeze(Statement):
    """An earlier freeze that this one replaces: its commitment, the day it was published, the reason, the document."""

    one_per = ("commitment",)

    commitment: t.Text
    published: t.Day
    reason: t.Text
    document: t.Text


# Applicants


class Applicant(Statement):
    """Somebody who applies in this round."""

    one_per = ("applicant",)
    declares = "applicant"

    applicant: t.Identifier
    kind: t.ApplicantKind


class Winner(Statement):
    """An earlier winner who does not apply in this round: known for history and revocation, not decided."""

    one_per = ("winner",)
    declares = "winner"
    never_also = "applicant"

    winner: t.Identifier
    kind: t.ApplicantKind


class Name(Statement):
    """The name of anything that has an identifier."""

    one_per = ("id",)

    id: t.Anything
    text: t.Text


class FormerName(Statement):
    """A name that somebody with an identifier had before."""

    id: t.Anything
    text: t.Text


class CreditCode(Statement):
    """The unified social credit code (统一社会信用代码) of an applicant, an earlier winner or another organization."""

    one_per = ("id",)
    one_body = ("id", "code")

    id: t.Anything
    code: t.CreditCode


class Activity(Statement):
    """What an organization does: production and business (生产、经营), non-profit work (非营利性活动), or both."""

    applicant: t.Applicant
    kind: t.Activity


class LegalForm(Statement):
    """The legal form: legal person (法人), other organization (其他组织), or neither."""

    one_per = ("applicant",)

    applicant: t.Applicant
    form: t.LegalForm


class Seat(Statement):
    """Where the applicant is registered (登记注册)."""

    one_per = ("applicant",)

    applicant: t.Applicant
    place: t.Seat


class OperatingSince(Statement):
    """The day from which the applicant has operated normally (正常运行)."""

    one_per = ("applicant",)

    applicant: t.Applicant
    day: t.Day


class Industry(Statement):
    """The applicant's industry, a GB/T 4754 code such as C38."""

    one_per = ("applicant",)

    applicant: t.Applicant
    code: t.IndustryCode


class Certificate(Period):
    """A certificate and how long it is valid."""

    applicant: t.Applicant
    kind: t.CertificateKind
    from_day: t.Day
    to_day: t.OpenDay


class ExcellenceModelSince(Statement):
    """The day from which the applicant has used the excellence model (卓越绩效模式)."""

    one_per = ("applicant",)

    applicant: t.Applicant
    day: t.Day


class SelfReportYear(Statement):
    """A year whose data the self-assessment report (自评报告) covers."""

    applicant: t.Applicant
    year: t.Year


class SelfRating(Statement):
    """The grade of a year's self-assessment (自评)."""

    one_per = ("applicant", "year")

    applicant: t.Applicant
    year: t.Year
    grade: t.Rating


class SelfScore(Statement):
    """The self-assessment score (自评分) out of 1000."""

    one_per = ("applicant",)

    applicant: t.Applicant
    points: t.WholePoints


class ProductInspection(Statement):
    """The result of a year's product inspection by a statutory body (法定检验机构) of some level."""

    applicant: t.Applicant
    year: t.Year
    level: t.Level
    result: t.Inspected


class Accounts(Statement):
    """The result of a fiscal year's accounts."""

    one_per = ("applicant", "year")

    applicant: t.Applicant
    year: t.Year
    result: t.Balance


class Finding(Statement):
    """A person's judgment on a topic that no record can settle."""

    one_per = ("applicant", "topic")

    applicant: t.Applicant
    topic: t.Topic
    answer: t.YesNo


class FindingBy(Statement):
    """Who made a finding, when, and on what facts."""

    one_per = ("applicant", "topic")
    follows = ("finding", ("applicant", "topic"))

    applicant: t.Applicant
    topic: t.Topic
    finder: t.Text
    day: t.Day
    text: t.Text


class Submitted(Statement):
    """The day on which the application, or the file that a county forwards, reached the office that receives it."""

    one_per = ("applicant",)

    applicant: t.Applicant
    day: t.Day


class HandedIn(Statement):
    """The day on which the applicant handed its file to the county's market supervision office."""

    one_per = ("applicant",)

    applicant: t.Applicant
    day: t.Day


class ForwardedBy(Statement):
    """The county's market supervision office that forwarded the file."""

    one_per = ("applicant",)

    applicant: t.Applicant
    name: t.Text


class Contact(Statement):
    """Whom to reach at the applicant's."""

    one_per = ("applicant",)

    applicant: t.Applicant
    person: t.Text
    telephone: t.Text


class Withdrawn(Statement):
    """The applicant withdrew its application."""

    one_per = ("applicant",)

    applicant: t.Applicant
    day: t.Day


class Material(Statement):
    """A paper that was handed in."""

    applicant: t.Applicant
    kind: t.MaterialKind


class InternalNotice(Period):
    """The notice inside the applicant's own organization; from_day is the day of publication."""

    applicant: t.Applicant
    from_day: t.Day
    to_day: t.OpenDay


class PreliminaryNotice(Period):
    """The public notice after the county's first examination (初审); from_day is the day of publication."""

    applicant: t.Applicant
    from_day: t.Day
    to_day: t.OpenDay


class CountyOpinion(Statement):
    """The examination opinion (审核意见) of the county's market supervision office."""

    one_per = ("applicant",)

    applicant: t.Applicant
    answer: t.Opinion


class Recommendation(Statement):
    """Whether the local government recommends the applicant (政府推荐意见)."""

    one_per = ("applicant",)

    applicant: t.Applicant
    answer: t.YesNo


# Adverse records


class PolicyBreach(Period):
    """A state against the State's policy in a field (不符合国家政策)."""

    applicant: t.Applicant
    field: t.PolicyField
    from_day: t.Day
    to_day: t.OpenDay


class LicenceMissing(Period):
    """A licence that the law requires and the applicant has not obtained (应取得而未取得)."""

    applicant: t.Applicant
    licence: t.Text
    from_day: t.Day
    to_day: t.OpenDay


class SpotCheck(Statement):
    """The result of a spot check of products (监督抽查)."""

    applicant: t.Applicant
    day: t.Day
    level: t.Level
    result: t.Inspected


class ExportIncident(Statement):
    """An export came to a claim, a return or an investigation abroad because of quality."""

    applicant: t.Applicant
    kind: t.ExportKind
    day: t.Day


class ServiceFailure(Statement):
    """A serious failure of service quality (严重服务质量问题)."""

    applicant: t.Applicant
    day: t.Day


class Accident(Statement):
    """An accident with its grade and the liability that the competent authority stated."""

    applicant: t.Applicant
    kind: t.AccidentKind
    grade: t.AccidentGrade
    liability: t.Liability
    day: t.Day


class Complaint(Statement):
    """A complaint about quality (质量投诉)."""

    applicant: t.Applicant
    grade: t.ComplaintGrade
    liability: t.Liability
    day: t.Day


class AwardMisconduct(Statement):
    """Fraud or another breach in this city's award (弄虚作假等违规行为)."""

    applicant: t.Applicant
    day: t.Day


class DishonestyListing(Period):
    """A listing for joint punishment of serious dishonesty (失信联合惩戒对象名单)."""

    applicant: t.Applicant
    from_day: t.Day
    to_day: t.OpenDay


class Offence(Statement):
    """A breach of law (违法), of rules (违规) or of discipline (违纪)."""

    applicant: t.Applicant
    kind: t.OffenceKind
    gravity: t.Gravity
    day: t.Day


# Award history and procedure


class Awarded(Statement):
    """A prize of this city's award, won in a round."""

    one_per = ("applicant", "prize", "round")
    up_to_round = "round"

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    day: t.Day


class BonusPaid(Statement):
    """Money was paid for that award."""

    follows = ("awarded", ("applicant", "prize", "round"))

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round


class BonusRecovered(Statement):
    """Money of that award was taken back."""

    one_per = ("applicant", "prize", "round")
    follows = ("awarded", ("applicant", "prize", "round"))

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    day: t.Day


class BonusUse(Statement):
    """What award money was spent on."""

    applicant: t.Applicant
    purpose: t.Purpose
    day: t.Day


class FraudFound(Statement):
    """An established finding that the award was obtained by improper means (不正当手段)."""

    one_per = ("applicant", "prize", "round")
    follows = ("awarded", ("applicant", "prize", "round"))

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    day: t.Day


class Revoked(Statement):
    """A revocation already decided; a second one on the other ground records a later ban."""

    one_per = ("applicant", "prize", "round", "ground")
    follows = ("awarded", ("applicant", "prize", "round"))
    not_before = "day"

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    ground: t.Ground
    day: t.Day


class Score(Statement):
    """The round's final score out of 1000; up to two decimals."""

    one_per = ("applicant",)

    applicant: t.Applicant
    points: t.Points


class StageResult(Statement):
    """How the applicant came through a stage of the review."""

    one_per = ("applicant", "stage")

    applicant: t.Applicant
    stage: t.Stage
    result: t.Passed


class StageDay(Statement):
    """The day of a stage of the review."""

    one_per = ("stage",)

    stage: t.Stage
    day: t.Day


class Notice(Period):
    """The public notice (公示) of a list; from_day is the day of publication."""

    list: t.PublicList
    from_day: t.Day
    to_day: t.OpenDay


class Objection(Statement):
    """What became of the objections (异议) to an applicant on a list: upheld if one is, else pending if one is."""

    one_per = ("applicant", "list")

    applicant: t.Applicant
    list: t.AnyList
    state: t.ObjectionState


class ObjectionMade(Statement):
    """A single objection: when it came, and from whom."""

    applicant: t.Applicant
    list: t.AnyList
    day: t.Day
    by: t.Text


class Listed(Statement):
    """The applicant stood on the list as it was published."""

    applicant: t.Applicant
    list: t.PublicList


class Consulted(Statement):
    """The day on which the departments were consulted (征求有关部门意见)."""

    day: t.Day


class Asked(Statement):
    """A department that was consulted (征求意见): when it was asked, and when it answered."""

    ordered = ("sent", "replied")

    department: t.Text
    sent: t.Day
    replied: t.OpenDay


class BodyMember(Statement):
    """A member of the review committee or of the supervision group."""

    declares = "person"

    body: t.Body
    person: t.Identifier
    role: t.BodyRole
    category: t.Category


# Reviewers and interests


class Reviewer(Statement):
    """A reviewer (评审员)."""

    declares = "reviewer"
    never_part = "organization"

    reviewer: t.Identifier


class Pool(Statement):
    """The expert pool (专家库) that a reviewer belongs to."""

    reviewer: t.Reviewer
    pool: t.PoolName


class Expertise(Statement):
    """An industry that a reviewer knows; C covers C38."""

    reviewer: t.Reviewer
    code: t.IndustryCode


class CanLead(Statement):
    """The reviewer may be a panel's leader (组长)."""

    reviewer: t.Reviewer


class Unavailable(Statement):
    """The reviewer cannot take part in this round."""

    reviewer: t.Reviewer


class ReviewerMisconduct(Statement):
    """An established abuse of the office of reviewer."""

    reviewer: t.Reviewer
    day: t.Day


class Group(Statement):
    """A review group and its industry."""

    one_per = ("group",)
    declares = "group"

    group: t.Identifier
    code: t.IndustryCode


class InGroup(Statement):
    """The group that reviews an applicant."""

    one_per = ("applicant",)

    applicant: t.Applicant
    group: t.Group


class PanelLoad(Statement):
    """At most so many panels for a reviewer in this round; 1 where nothing is said."""

    one_per = ("reviewer",)

    reviewer: t.Reviewer
    number: t.Count


class Employed(Period):
    """Somebody is employed by an organization."""

    person: t.Identifier
    organization: t.Organization
    from_day: t.Day
    to_day: t.OpenDay


class Officer(Period):
    """Somebody holds an office in an organization."""

    person: t.Identifier
    organization: t.Organization
    role: t.OfficerRole
    from_day: t.Day
    to_day: t.OpenDay


class Shareholder(Period):
    """Somebody holds shares of an organization."""

    person: t.Identifier
    organization: t.Organization
    kind: t.Holding
    from_day: t.Day
    to_day: t.OpenDay


class Kin(Statement):
    """Two people are related; it holds both ways."""

    person: t.Identifier
    other: t.Identifier
    kind: t.Kinship


class Controls(Period):
    """A person or an organization actually controls an organization (实际控制)."""

    controller: t.Identifier
    organization: t.Organization
    from_day: t.Day
    to_day: t.OpenDay


class WorksWith(Period):
    """A person works with another person or with an organization."""

    person: t.Identifier
    other: t.Identifier
    kind: t.Work
    from_day: t.Day
    to_day: t.OpenDay


class DeclaredInterest(Statement):
    """A tie to an applicant that a reviewer or a member of a body declared."""

    person: t.Judge
    applicant: t.Applicant
    text: t.Text


class Authority(Statement):
    """An authority that is competent for the award or supervises the applicants (主管、监督部门)."""

    organization: t.Organization


class RecommendedBy(Statement):
    """The organization that recommended an applicant."""

    applicant: t.Applicant
    organization: t.Organization


class Coached(Period):
    """An organization coached the applicant for the award (辅导机构)."""

    applicant: t.Applicant
    organization: t.Organization
    from_day: t.Day
    to_day: t.OpenDay


# Papers: what a result is put on record with. No rule reads any of it


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


class SupplementBy(Statement):
    """The last day on which supplements (补正材料) are taken."""

    one_per = ()

    day: t.Day


_CLASSES: Mapping[str, tuple[type[Statement], ...]] = {
    "round": (
        Round,
        Announced,
        EvidenceClosed,
        Reading,
        PanelSize,
        PassMark,
        Holiday,
        HolidayYear,
        SeedSource,
        SeedPart,
        SeedReserve,
        FrozenOn,
        ObjectionsUntil,
        ReplacedFreeze,
    ),
    "applicants": (
        Applicant,
        Winner,
        Name,
        FormerName,
        CreditCode,
        Activity,
        LegalForm,
        Seat,
        OperatingSince,
        Industry,
        Certificate,
        ExcellenceModelSince,
        SelfReportYear,
        SelfRating,
        SelfScore,
        ProductInspection,
        Accounts,
        Finding,
        FindingBy,
        Submitted,
        HandedIn,
        ForwardedBy,
        Contact,
        Withdrawn,
        Material,
        InternalNotice,
        PreliminaryNotice,
        CountyOpinion,
        Recommendation,
    ),
    "adverse": (
        PolicyBreach,
        LicenceMissing,
        SpotCheck,
        ExportIncident,
        ServiceFailure,
        Accident,
        Complaint,
        AwardMisconduct,
        DishonestyListing,
        Offence,
    ),
    "history": (
        Awarded,
        BonusPaid,
        BonusRecovered,
        BonusUse,
        FraudFound,
        Revoked,
        Score,
        StageResult,
        StageDay,
        Notice,
        Objection,
        ObjectionMade,
        Listed,
        Consulted,
        Asked,
        BodyMember,
    ),
    "reviewers": (
        Reviewer,
        Pool,
        Expertise,
        CanLead,
        Unavailable,
        ReviewerMisconduct,
        Group,
        InGroup,
        PanelLoad,
        Employed,
        Officer,
        Shareholder,
        Kin,
        Controls,
        WorksWith,
        DeclaredInterest,
        Authority,
        RecommendedBy,
        Coached,
    ),
    "papers": (
        Source,
        Office,
        DocumentSeries,
        DocumentNumber,
        SeriesFor,
        DocumentDay,
        Signer,
        Seal,
        Sent,
        Received,
        SupplementBy,
        AppliedBecause,
        Described,
    ),
}

PREDICATES: Mapping[str, Predicate] = MappingProxyType(
    {p.name: p for group, models in _CLASSES.items() for p in (Predicate.of(group, model) for model in models)}
)
"""The predicates by name, group by group, in the order of the documentation."""


class Fact(NamedTuple):
    """One fact: predicate and arguments; choices and texts are both `str`, the vocabulary knows which is which."""

    predicate: str
    arguments: tuple[str | int, ...]


def quote(text: str) -> str:
    """A string as clingo writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def text(fact: Fact) -> str:
    """A fact as clingo writes its symbol: `certificate("J01",qms,20240101,20270101)`."""
    return next(texts(fact.predicate, (fact.arguments,)))


def texts(predicate: str, rows: Sequence[tuple[str | int, ...]]) -> Iterator[str]:
    """The facts of one predicate as clingo writes them, column by column: each different string is quoted once."""
    fields = PREDICATES[predicate].fields
    if not fields:
        return (predicate for _ in rows)
    quoted = _Quoted()
    columns = (map(itemgetter(at), rows) for at in range(len(fields)))
    written = (
        map(quoted.__getitem__, column) if field.quoted else column
        for field, column in zip(fields, columns, strict=True)
    )
    return map(f"{predicate}({','.join(['%s'] * len(fields))})".__mod__, zip(*written, strict=True))


class _Quoted(dict[str | int, str]):
    """Strings as clingo writes them; a score may be an integer too."""

    def __missing__(self, value: str | int) -> str:
        written = self[value] = quote(value) if isinstance(value, str) else str(value)
        return written


def symbol(fact: Fact) -> "clingo.Symbol":
    """A fact as clingo holds it."""
    from clingo import Function

    predicate, arguments = fact
    fields = PREDICATES[predicate].fields
    return Function(predicate, [term(field.quoted, value) for field, value in zip(fields, arguments, strict=True)])


def term(quoted: bool, value: str | int) -> "clingo.Symbol":
    """A value as clingo holds it: a number, a string, or, where the field is not quoted, a constant or a provision."""
    from clingo import Function, Number, String, parse_term

    if isinstance(value, int):
        return Number(value)
    if quoted:
        return String(value)
    return parse_term(value) if "(" in value else Function(value)


def fact(symbol: "clingo.Symbol") -> Fact:
    """The fact behind a symbol; ValueError where the vocabulary has no such predicate."""
    from clingo import SymbolType

    predicate = PREDICATES.get(symbol.name)
    if predicate is None or len(predicate.fields) != len(symbol.arguments):
        raise ValueError(str(symbol))

    def value(term: "clingo.Symbol") -> str | int:
        if term.type == SymbolType.Number:
            return term.number
        return term.string if term.type == SymbolType.String else str(term)

    return Fact(symbol.name, tuple(map(value, symbol.arguments)))


def day_text(day: int) -> str:
    """A day as ISO writes it: 20250930 is 2025-09-30."""
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"
