"""The vocabulary keeps its contract, speaks clingo's spelling, and is worded in both languages."""

import re
import string
from pathlib import Path

import pytest
from hypothesis import given

from engine.case import handbook as vocabulary_doc
from engine.facts import kinds as terms
from engine.facts import wording
from engine.facts.vocabulary import PREDICATES, Fact, asked, fact, symbol, text
from engine.solve import inputs
from engine.words import catalogues, field_label, messages
from engine.words.termwords import NAMES
from tests.drawn_facts import facts

# Cases are written elsewhere too: these names, their order and their choices never change.
CONTRACT = """
round(city:choice,number:number,deadline:day)
announced(day:day)
evidence_closed()
reading(key:key,choice:key)
panel_size(minimum:number,maximum:number)
pass_mark(prize:main|nomination,points:score)
holiday(day:day,kind:off|work)
holiday_year(year:year)
seed_source(order:number,name:text,day:day)
seed_part(order:number,part:number,numbers:number,low:number,high:number,kind:unordered|ordered|throws)
seed_reserve(order:number,name:text,day:day)
frozen_on(day:day)
objections_until(day:day)
replaced_freeze(commitment:text,published:day,reason:text,document:text)
applicant(applicant:identifier,kind:organization|individual)
winner(winner:identifier,kind:organization|individual)
name(id:identifier,text:text)
former_name(id:identifier,text:text)
credit_code(id:identifier,code:text)
activity(applicant:identifier,kind:business|nonprofit)
legal_form(applicant:identifier,form:legal_person|unincorporated|none)
seat(applicant:identifier,place:choice)
operating_since(applicant:identifier,day:day)
industry(applicant:identifier,code:text)
certificate(applicant:identifier,kind:qms|ems|ohsms|little_giant,from_day:day,to_day:open_day)
excellence_model_since(applicant:identifier,day:day)
self_report_year(applicant:identifier,year:year)
self_rating(applicant:identifier,year:year,grade:excellent|good|poor)
self_score(applicant:identifier,points:number)
product_inspection(applicant:identifier,year:year,level:national|provincial|municipal|county,result:pass|fail)
accounts(applicant:identifier,year:year,result:profit|break_even|loss)
finding(applicant:identifier,topic:quality_strategy|quality_system|excellence_management|innovation|core_ip|reputation|satisfaction|credit|performance_leading|social_contribution|social_responsibility|outstanding_contribution|ethics|has_products|has_organization|forwarding_accepted|normal_operation,answer:yes|no)
finding_by(applicant:identifier,topic:quality_strategy|quality_system|excellence_management|innovation|core_ip|reputation|satisfaction|credit|performance_leading|social_contribution|social_responsibility|outstanding_contribution|ethics|has_products|has_organization|forwarding_accepted|normal_operation,finder:text,day:day,text:text)
submitted(applicant:identifier,day:day)
handed_in(applicant:identifier,day:day)
forwarded_by(applicant:identifier,name:text)
contact(applicant:identifier,person:text,telephone:text)
withdrawn(applicant:identifier,day:day)
material(applicant:identifier,kind:application_form|self_report|evidence)
internal_notice(applicant:identifier,from_day:day,to_day:open_day)
preliminary_notice(applicant:identifier,from_day:day,to_day:open_day)
county_opinion(applicant:identifier,answer:favourable|unfavourable)
recommendation(applicant:identifier,answer:yes|no)
policy_breach(applicant:identifier,field:industry|environment|quality|other,from_day:day,to_day:open_day)
licence_missing(applicant:identifier,licence:text,from_day:day,to_day:open_day)
spot_check(applicant:identifier,day:day,level:national|provincial|municipal|county,result:pass|fail)
export_incident(applicant:identifier,kind:claim|return|investigation,day:day)
service_failure(applicant:identifier,day:day)
accident(applicant:identifier,kind:quality|safety|environment|public_health,grade:general|considerable|major|extremely_major,liability:liable|not_liable|undetermined,day:day)
complaint(applicant:identifier,grade:ordinary|major,liability:liable|not_liable|undetermined,day:day)
award_misconduct(applicant:identifier,day:day)
dishonesty_listing(applicant:identifier,from_day:day,to_day:open_day)
offence(applicant:identifier,kind:law|rule|discipline,gravity:minor|serious,day:day)
awarded(applicant:identifier,prize:main|nomination,round:number,day:day)
bonus_paid(applicant:identifier,prize:main|nomination,round:number)
bonus_recovered(applicant:identifier,prize:main|nomination,round:number,day:day)
bonus_use(applicant:identifier,purpose:improvement|research|training|laboratory|other,day:day)
fraud_found(applicant:identifier,prize:main|nomination,round:number,day:day)
revoked(applicant:identifier,prize:main|nomination,round:number,ground:fraud|conduct,day:day)
score(applicant:identifier,points:score)
stage_result(applicant:identifier,stage:qualification|material_review|site_review|deliberation|approval,result:pass|fail)
stage_day(stage:qualification|material_review|site_review|deliberation|approval,day:day)
notice(list:acceptance|proposed_winners,from_day:day,to_day:open_day)
objection(applicant:identifier,list:acceptance|proposed_winners|internal|preliminary,state:pending|upheld|dismissed)
objection_made(applicant:identifier,list:acceptance|proposed_winners|internal|preliminary,day:day,by:text)
listed(applicant:identifier,list:acceptance|proposed_winners)
consulted(day:day)
asked(department:text,sent:day,replied:open_day)
body_member(body:committee|supervision,person:identifier,role:chair|deputy_chair|member,category:deputy_mayor|deputy_secretary_general|market_bureau_head|expert|department_official|discipline_inspection|congress_deputy|cppcc_member|other)
reviewer(reviewer:identifier)
pool(reviewer:identifier,pool:henan|local)
expertise(reviewer:identifier,code:text)
can_lead(reviewer:identifier)
unavailable(reviewer:identifier)
reviewer_misconduct(reviewer:identifier,day:day)
group(group:identifier,code:text)
in_group(applicant:identifier,group:identifier)
panel_load(reviewer:identifier,number:number)
employed(person:identifier,organization:identifier,from_day:day,to_day:open_day)
officer(person:identifier,organization:identifier,role:legal_representative|person_in_charge|director|supervisor,from_day:day,to_day:open_day)
shareholder(person:identifier,organization:identifier,kind:controlling|minor,from_day:day,to_day:open_day)
kin(person:identifier,other:identifier,kind:spouse|lineal|collateral_3|near_in_law)
controls(controller:identifier,organization:identifier,from_day:day,to_day:open_day)
works_with(person:identifier,other:identifier,kind:consulting|teacher_student|joint_project,from_day:day,to_day:open_day)
declared_interest(person:identifier,applicant:identifier,text:text)
authority(organization:identifier)
recommended_by(applicant:identifier,organization:identifier)
coached(applicant:identifier,organization:identifier,from_day:day,to_day:open_day)
source(fact:text,document:text,number:text)
office(name:text,person:text,telephone:text)
document_series(code:text,year:year,number:number)
document_number(paper:acceptance_notice|supplement_notice|rejection_letter|recusal_notice|draw_record|panel_list|winners_notice|revocation_proposal|round_report|announcement|receipt_slip|objection_answer|consultation_letter|winners_submission,about:text,number:text)
series_for(paper:acceptance_notice|supplement_notice|rejection_letter|recusal_notice|draw_record|panel_list|winners_notice|revocation_proposal|round_report|announcement|receipt_slip|objection_answer|consultation_letter|winners_submission,code:text)
document_day(paper:acceptance_notice|supplement_notice|rejection_letter|recusal_notice|draw_record|panel_list|winners_notice|revocation_proposal|round_report|announcement|receipt_slip|objection_answer|consultation_letter|winners_submission,about:text,day:day)
signer(paper:acceptance_notice|supplement_notice|rejection_letter|recusal_notice|draw_record|panel_list|winners_notice|revocation_proposal|round_report|announcement|receipt_slip|objection_answer|consultation_letter|winners_submission,about:text,name:text)
seal(name:text)
sent(paper:acceptance_notice|supplement_notice|rejection_letter|recusal_notice|draw_record|panel_list|winners_notice|revocation_proposal|round_report|announcement|receipt_slip|objection_answer|consultation_letter|winners_submission,about:text,day:day)
received(paper:acceptance_notice|supplement_notice|rejection_letter|recusal_notice|draw_record|panel_list|winners_notice|revocation_proposal|round_report|announcement|receipt_slip|objection_answer|consultation_letter|winners_submission,about:text,day:day)
supplement_by(day:day)
applied_because(provision:provision,text:text)
described(fact:text,text:text)
"""


def test_the_contract_is_kept() -> None:
    """Every signature of the contract stands, in this order; what only some regulations ask stands apart."""
    depends_on_rules = ("city", "seat")
    written = [
        f"{p.name}("
        + ",".join(
            f"{f.name}:{'|'.join(f.choices) if f.choices and f.wording not in depends_on_rules else f.kind}"
            for f in p.fields
        )
        + ")"
        for p in asked()
    ]

    assert CONTRACT.split() == written


def test_places_are_the_cities_of_the_rules_and_elsewhere() -> None:
    assert PREDICATES["seat"].fields[1].choices == (*PREDICATES["round"].fields[0].choices, "elsewhere")


@given(facts())
def test_text_is_what_clingo_writes(drawn: Fact) -> None:
    assert str(symbol(drawn)) == text(drawn)


@given(facts())
def test_a_symbol_gives_its_fact_back(drawn: Fact) -> None:
    assert drawn == fact(symbol(drawn))


def test_a_symbol_outside_the_vocabulary_is_an_error() -> None:
    import clingo

    with pytest.raises(ValueError, match=r"applicant\(1\)"):
        fact(clingo.Function("applicant", [clingo.Number(1)]))


@pytest.mark.parametrize(
    ("predicate", "field", "value", "code"),
    [
        ("announced", "day", 20250230, "no_such_day"),
        ("announced", "day", 20240229, None),
        ("announced", "day", 20250229, "no_such_day"),
        ("announced", "day", 18991231, "year_range"),
        ("announced", "day", 19000101, None),
        ("announced", "day", 21001231, None),
        ("announced", "day", 21010101, "year_range"),
        ("announced", "day", terms.OPEN, "open_day_misplaced"),
        ("announced", "day", 2025, "wants_day"),
        ("announced", "day", -20250930, "wants_day"),
        ("announced", "day", "20250930", "wants_day"),
        ("employed", "to_day", terms.OPEN, None),
        ("employed", "to_day", 21010101, "year_range"),
        ("accounts", "year", 1899, "number_range"),
        ("accounts", "year", 2100, None),
        ("accounts", "year", 2101, "number_range"),
        ("round", "number", 0, "number_range"),
        ("round", "number", 999, None),
        ("round", "number", 1000, "number_range"),
        ("panel_load", "number", 0, "number_range"),
        ("panel_size", "minimum", 1000, "number_range"),
        ("self_score", "points", -1, "number_range"),
        ("self_score", "points", 1000, None),
        ("self_score", "points", 1001, "number_range"),
        ("self_score", "points", True, "wants_number"),
        ("self_score", "points", 500.0, "wants_number"),
        ("score", "points", "842.505", "wants_points"),
        ("score", "points", "1000.01", "number_range"),
        ("score", "points", "-0.01", "number_range"),
        ("score", "points", "0842", "wants_points"),
        ("score", "points", True, "wants_points"),
        ("applicant", "applicant", "", "empty"),
        ("applicant", "applicant", "a\0b", "nul"),
        ("applicant", "applicant", "\ud800", "surrogate"),
        ("applicant", "kind", "organisation", "no_such_choice_near"),
        ("applicant", "kind", "x", "no_such_choice"),
        ("applicant", "kind", 1, "wants_choice"),
        ("expertise", "code", "", "empty"),
        ("name", "text", "", None),
        ("reading", "key", 'a")', "wants_constant"),
    ],
)
def test_a_value_out_of_range_is_named(predicate: str, field: str, value: object, code: str | None) -> None:
    """Both sides of every bound."""
    (at,) = PREDICATES[predicate].at(field)
    checked = PREDICATES[predicate].fields[at].check(value)

    assert (value if code is None else code) == (checked if code is None else checked.code)


@pytest.mark.parametrize(
    ("written", "held"), [("842.5", "842.50"), ("842.00", 842), ("842", 842), (842, 842), ("0.05", "0.05"), ("0.0", 0)]
)
def test_equal_points_are_one_value(written: str | int, held: str | int) -> None:
    assert held == PREDICATES["score"].fields[1].check(written)


@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
@pytest.mark.parametrize("predicate", PREDICATES.values(), ids=lambda p: p.name)
def test_every_predicate_is_worded(predicate, lang: str) -> None:  # type: ignore[no-untyped-def]
    """Label, field names, choices; a sentence with every field in it, and one for a state that runs if it can."""
    templates = ["sentence", "running"] if any(f.kind == "open_day" for f in predicate.fields) else ["sentence"]
    left = {f.name for f in predicate.fields if f.kind == "open_day"}
    want = {name: set(predicate.names) - (left if name == "running" else set()) for name in templates}
    got = {
        name: {
            field
            for _, field, _, _ in string.Formatter().parse(
                messages.template(f"vocabulary.{predicate.name}.{name}", lang)
            )
            if field and (field not in NAMES or field in predicate.names)
        }
        for name in templates
    }

    assert wording.label(predicate.name, lang)
    assert all(field_label(predicate.name, field.name, lang) for field in predicate.fields)
    assert all(wording.choice(field, choice, lang) for field in predicate.fields for choice in field.choices)
    assert want == got


@given(facts())
def test_every_fact_makes_a_sentence(drawn: Fact) -> None:
    assert all(wording.sentence(drawn, lang) for lang in catalogues.LANGUAGES)


def test_a_sentence_reads_well() -> None:
    """Names for identifiers, days as papers write them, no day where a state has not ended."""
    names = {"J01": "某企业"}
    facts = [
        Fact("certificate", ("J01", "qms", 20240101, 20261231)),
        Fact("dishonesty_listing", ("J01", 20240506, terms.OPEN)),
    ]

    assert [wording.sentence(fact, "zh", names) for fact in facts] == [
        "某企业持有质量管理体系认证证书，有效期自2024年1月1日至2026年12月31日",
        "某企业自2024年5月6日起被列入失信联合惩戒对象名单，未载明移出日期",
    ]


def test_no_wording_is_left_over() -> None:
    """A key of the catalogue that no predicate asks for is a misspelt one."""
    fields = {(p.name, f.name) for p in PREDICATES.values() for f in p.fields}
    choices = {(f.wording, c) for p in PREDICATES.values() for f in p.fields for c in f.choices}
    known = (
        {f"vocabulary.{p}.{what}" for p in PREDICATES for what in ("label", "sentence", "running", "entry")}
        | {f"vocabulary.{p}.described" for p in PREDICATES}
        | {f"vocabulary.{p}.fields.{f}" for p, f in fields}
        | {f"vocabulary.fields.{f}" for _, f in fields}
        | {f"vocabulary.choices.{wording}.{c}" for wording, c in choices}
        | {"vocabulary.choices.paper.list_notice"}  # where a text has lists of its own
        | {f"vocabulary.{p.name}.said.{c}" for p in PREDICATES.values() if p.fields for c in p.fields[-1].choices}
    )
    said = {key for key in catalogues.catalogue("engine", "zh") if re.match(r"vocabulary\.(?!groups|kinds)", key)}

    assert sorted(said - known) == []


def test_the_page_is_current() -> None:
    """docs/vocabulary.md is what `python -m engine.case.handbook` writes."""
    assert vocabulary_doc.page() == vocabulary_doc.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
def test_every_flaw_is_worded(lang: str) -> None:
    """A flaw becomes a problem under the same code."""
    sources = [path.read_text(encoding="utf-8") for path in Path(terms.__file__).parent.glob("*.py")]
    codes = {code for source in sources for code in re.findall(r'(?:Flaw|_refuse|\.flaw)\(\s*"(\w+)"', source)}

    assert codes and sorted(code for code in codes if not messages.has(f"problem.{code}", lang)) == []


def test_what_rules_take_in_under_a_name_of_the_vocabulary_is_that_fact() -> None:
    """A helper of another arity would be taken for the fact by whatever reads atoms back.

    The offices of a body stand in the city's own rules, and are no facts of a case.
    """
    taken = {found for file in Path("rules").glob("*.lp") for found in inputs((file,))}

    assert {one for one in taken if one[0] in PREDICATES and one[1] != len(PREDICATES[one[0]].fields)} == {
        ("office", 4)
    }
