"""Applicants and earlier winners: who they are, what they show, what was found about them."""

from engine.facts import kinds as t
from engine.facts.predicate import Period, Statement


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

    change = "any"

    applicant: t.Applicant
    kind: t.Activity


class LegalForm(Statement):
    """The legal form: legal person (法人), other organization (其他组织), or neither."""

    one_per = ("applicant",)
    through = ("lawful_form",)
    change = "register"
    weakest_first = ("unincorporated", "legal_person")

    applicant: t.Applicant
    form: t.LegalForm


class Seat(Statement):
    """Where the applicant is registered (登记注册)."""

    one_per = ("applicant",)
    change = "register"

    applicant: t.Applicant
    place: t.Seat


class OperatingSince(Statement):
    """The day from which the applicant has operated normally (正常运行)."""

    one_per = ("applicant",)
    change = "start"

    applicant: t.Applicant
    day: t.Day


class Industry(Statement):
    """The applicant's industry, a GB/T 4754 code such as C38."""

    one_per = ("applicant",)
    change = "nothing"

    applicant: t.Applicant
    code: t.IndustryCode


class Certificate(Period):
    """A certificate and how long it is valid."""

    change = "certificate"

    applicant: t.Applicant
    kind: t.CertificateKind
    from_day: t.Day
    to_day: t.OpenDay


class ExcellenceModelSince(Statement):
    """The day from which the applicant has used the excellence model (卓越绩效模式)."""

    one_per = ("applicant",)
    change = "start"

    applicant: t.Applicant
    day: t.Day


class SelfReportYear(Statement):
    """A year whose data the self-assessment report (自评报告) covers."""

    change = "yearly"
    assumed = ()

    applicant: t.Applicant
    year: t.Year


class SelfRating(Statement):
    """The grade of a year's self-assessment (自评)."""

    one_per = ("applicant", "year")
    change = "yearly"
    weakest_first = ("good", "excellent")
    assumed = ("good",)

    applicant: t.Applicant
    year: t.Year
    grade: t.Rating


class SelfScore(Statement):
    """The self-assessment score (自评分) out of 1000."""

    one_per = ("applicant",)
    change = "score"

    applicant: t.Applicant
    points: t.WholePoints


class ProductInspection(Statement):
    """The result of a year's product inspection by a statutory body (法定检验机构) of some level."""

    change = "yearly"
    weakest_first = ("county", "municipal", "provincial", "national")
    assumed = ("municipal", "pass")

    applicant: t.Applicant
    year: t.Year
    level: t.Level
    result: t.Inspected


class Accounts(Statement):
    """The result of a fiscal year's accounts."""

    one_per = ("applicant", "year")
    change = "yearly"
    weakest_first = ("break_even", "profit")
    assumed = ("break_even",)

    applicant: t.Applicant
    year: t.Year
    result: t.Balance


class Finding(Statement):
    """A person's judgment on a topic that no record can settle."""

    one_per = ("applicant", "topic")
    through = ("rests_on_finding",)
    change = "nothing"

    applicant: t.Applicant
    topic: t.Topic
    answer: t.YesNo


class FindingBy(Statement):
    """Who made a finding, when, and on what facts."""

    one_per = ("applicant", "topic")
    follows = ("finding", ("applicant", "topic"))
    change = "nothing"

    applicant: t.Applicant
    topic: t.Topic
    finder: t.Text
    day: t.Day
    text: t.Text


class Submitted(Statement):
    """The day on which the application, or the file that a county forwards, reached the office that receives it."""

    one_per = ("applicant",)
    change = "nothing"

    applicant: t.Applicant
    day: t.Day


class HandedIn(Statement):
    """The day on which the applicant handed its file to the county's market supervision office."""

    one_per = ("applicant",)
    through = ("applied_in_steps",)
    change = "nothing"

    applicant: t.Applicant
    day: t.Day


class ForwardedBy(Statement):
    """The county's market supervision office that forwarded the file."""

    one_per = ("applicant",)
    change = "nothing"

    applicant: t.Applicant
    name: t.Text


class Contact(Statement):
    """Whom to reach at the applicant's."""

    one_per = ("applicant",)
    change = "nothing"

    applicant: t.Applicant
    person: t.Text
    telephone: t.Text


class Withdrawn(Statement):
    """The applicant withdrew its application."""

    one_per = ("applicant",)
    change = "nothing"

    applicant: t.Applicant
    day: t.Day


class Material(Statement):
    """A paper that was handed in."""

    change = "paper"

    applicant: t.Applicant
    kind: t.MaterialKind


class InternalNotice(Period):
    """The notice inside the applicant's own organization; from_day is the day of publication."""

    through = ("applied_in_steps",)
    change = "notice"

    applicant: t.Applicant
    from_day: t.Day
    to_day: t.OpenDay


class PreliminaryNotice(Period):
    """The public notice after the county's first examination (初审); from_day is the day of publication."""

    through = ("applied_in_steps",)
    change = "nothing"

    applicant: t.Applicant
    from_day: t.Day
    to_day: t.OpenDay


class CountyOpinion(Statement):
    """The examination opinion (审核意见) of the county's market supervision office."""

    one_per = ("applicant",)
    change = "nothing"

    applicant: t.Applicant
    answer: t.Opinion


class Recommendation(Statement):
    """Whether the local government recommends the applicant (政府推荐意见)."""

    one_per = ("applicant",)
    change = "nothing"

    applicant: t.Applicant
    answer: t.YesNo


class AppliesFor(Statement):
    """The track (类别) of the award that the applicant applies in; one application, one track."""

    further = True
    asked_by = ("track", 1, 0)
    one_per = ("applicant",)
    change = "any"

    applicant: t.Applicant
    track: t.Track


class PartOf(Statement):
    """A work, a project or a mode that applies belongs to a body."""

    further = True
    asked_by = ("kind_is", 2, 0)
    change = "nothing"

    applicant: t.Applicant
    organization: t.Organization


class Amount(Statement):
    """A sum of a year, in yuan with at most two decimals: a tax paid, a turnover, whatever the text names."""

    further = True
    spread = ("what",)
    one_per = ("applicant", "what", "year")
    change = "nothing"

    applicant: t.Applicant
    what: t.AmountKind
    year: t.Year
    yuan: t.Yuan


class Rank(Statement):
    """The applicant's place by a figure among others in a year: 1 is the first."""

    further = True
    spread = ("what", "scope")
    one_per = ("applicant", "what", "scope", "year")
    change = "nothing"

    applicant: t.Applicant
    what: t.AmountKind
    scope: t.RankScope
    year: t.Year
    place: t.Ranked


class Nominated(Statement):
    """A body entitled to nominate named the applicant, on the day."""

    further = True
    spread = ("recommender",)
    one_per = ("applicant", "recommender")
    change = "nothing"

    applicant: t.Applicant
    recommender: t.Recommender
    day: t.Day


class Endorsement(Statement):
    """The opinion of a body whose consent the text asks for."""

    further = True
    spread = ("recommender",)
    one_per = ("applicant", "recommender")
    change = "nothing"

    applicant: t.Applicant
    recommender: t.Recommender
    answer: t.YesNo
