"""Reviewers, groups, and the ties between persons and organizations."""

from engine.facts import kinds as t
from engine.facts.predicate import Period, Statement


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
    change = "nothing"

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

    change = "nothing"

    applicant: t.Applicant
    organization: t.Organization


class Coached(Period):
    """An organization coached the applicant for the award (辅导机构)."""

    change = "nothing"

    applicant: t.Applicant
    organization: t.Organization
    from_day: t.Day
    to_day: t.OpenDay
