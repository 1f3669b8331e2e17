"""Handing in by the applicant itself, and the reviewer's declaration: from the link to the version of the case."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

FACTS = Path(__file__).resolve().parents[2] / "facts" / "jiyuan-6"
TIES = {f"kind{at}": "none" for at in range(10)}


@pytest.fixture(scope="module")
def facts() -> str:
    """The sample's canonical facts."""
    from web.questions.incoming import upload

    return str(upload({path.name: path.read_bytes() for path in sorted(FACTS.glob("*.lp"))}, 20251101)["facts"])


@pytest.fixture(scope="module")
def told(facts: str) -> dict[str, Any]:
    """What an organization that is to apply gets."""
    from web.shown.dossiers import dossier_opened

    return dossier_opened(facts, "J99", "organization", "虚构九十九号有限公司")


def came_in(kind: str, subject: str, content: dict[str, Any]) -> Any:
    """A browser that came in by a link of a kind, to which a snapshot was released."""
    import json

    from django.test import Client

    from web.counter.links import give
    from web.counter.models import Snapshot
    from web.ledger import HOUSE

    shown = {**content, "award": {"zh": "奖", "en": "award"}}
    Snapshot.objects.create(
        round_ref="jiyuan-6", kind=kind, subject=subject, shown=json.dumps(shown), facts_hash="0" * 64, version=1,
        day=20251008, at="2025-10-08T09:00:00+08:00", act=1,
    )  # fmt: skip
    given = give(HOUSE, "jiyuan-6", kind, subject, "虚构九十九号有限公司", 20991231)
    client = Client()
    client.post(f"/a/{given.token}", {"pin": given.pin})
    return client


def test_what_is_asked_is_read_off_the_rules(told: dict[str, Any]) -> None:
    """The steps stand in the order of the law; accounts are asked for where the answer before makes the law ask."""
    asked = [(step["citation"], [one["key"] for one in step["asks"]]) for step in told["steps"]]

    assert asked == [
        ("", [""]),
        ("第二条", ["registered_here"]),
        ("第八条第（一）项", ["legal_form", "operating_years", "seat"]),
        ("第八条第（二）项", ["ems", "excellence_model", "ohsms", "qms", "self_report"]),
        ("第八条第（四）项", ["product_inspection"]),
        ("第八条第（五）项", ["activity", "no_loss"]),
        ("第十条", ["self_score"]),
        ("第十三条", ["application_form", "evidence", "self_report"]),
    ]
    assert told["steps"][5]["asks"][1]["predicates"] == ["activity", "accounts"]
    assert "J01" not in told["base"] and "虚构一号" not in told["base"]


def test_an_identifier_in_use_is_refused(facts: str) -> None:
    """Whoever is in the case already cannot be opened a second time."""
    from web.shown.dossiers import dossier_opened

    assert [one["zh"] for one in dossier_opened(facts, "J01", "organization", "x")["problems"]] == [
        "J01：案卷里已有这个编号"
    ]


def test_filled_in_step_by_step_and_handed_in_once(house: Path, db: None, told: dict[str, Any]) -> None:
    """What will not do is told at its field and not kept; what is kept is judged; handing in ends it."""
    from web.counter.models import Said

    client = came_in("entry", "J99", told)
    bad = client.post("/mine/dossier/6", {"predicate": "self_score", "points": "4000"})
    client.post("/mine/dossier/6", {"predicate": "self_score", "points": "480"})
    client.post(
        "/mine/dossier/2",
        {"predicate": "operating_since", "day": "2001-01-01", "files": SimpleUploadedFile("执照.pdf", b"%PDF-")},
    )
    overview = client.get("/mine/dossier").content.decode()
    assert bad.status_code == 400 and "应在 0 至 1000 之间" in bad.content.decode()
    assert client.post("/mine/dossier/6", {"predicate": "finding", "topic": "credit"}).status_code == 404
    assert "按所填的不符合" in overview and "自评分低于申报资格所要求的分值" in overview
    assert "运行年限：已具备" in overview and "未发生亏损：" not in overview  # asked only of what is a business
    assert client.post("/mine/dossier/hand", {"once": "1"}).status_code == 400
    answers = [client.post("/mine/dossier/hand", {"once": "1", "sure": "1"})["Location"] for _ in range(2)]
    said = Said.objects.get()

    assert answers == [f"/mine/receipts/{said.ref}"] * 2
    assert said.held["rows"] == [
        ["applicant", "J99", "organization"],
        ["name", "J99", "虚构九十九号有限公司"],
        ["self_score", "J99", 480],
        ["operating_since", "J99", 20010101],
    ]
    assert [name for name, _, _ in said.file_list] == ["执照.pdf"]
    assert said.held["sha256"] in client.get(answers[0]).content.decode()
    assert client.get("/mine/dossier/6").status_code == 404
    assert client.get("/mine").status_code == 403  # this link opens a dossier, no applicant's page


def test_an_entry_is_taken_away_again(house: Path, db: None, told: dict[str, Any]) -> None:
    """Removing takes the one entry; going back and sending a removal again takes nothing else."""
    from web.counter.dossiers import _rows
    from web.counter.models import Link

    client = came_in("entry", "J99", told)
    for points in ("480", "490"):
        client.post("/mine/dossier/6", {"predicate": "self_score", "points": points})
    link = Link.objects.get(subject="J99")
    assert [row["fact"] for row in _rows(link)] == [["self_score", "J99", 480]]  # one score alone
    for _ in range(2):
        client.post("/mine/dossier/6", {"remove": "0"})

    assert _rows(link) == []


def interested(facts: str) -> set[tuple[str, str]]:
    """The applicants in whom the reviewer has an interest, with the limb."""
    import engine
    from engine.panels import conflicts

    case = engine.read({"facts.lp": facts.encode()})
    return {(one.applicant, one.limb) for one in conflicts(case).interests if one.person == "R01"}


@pytest.mark.parametrize(
    ("profile", "values"),
    [
        ("procurement", ["employed:", "officer:legal_representative", "officer:person_in_charge", "officer:director",
                         "officer:supervisor", "shareholder:controlling", "controls:", "kin:spouse", "kin:lineal",
                         "kin:collateral_3", "kin:near_in_law"]),
        ("declared_only", []),
    ],
)  # fmt: skip
def test_the_ties_asked_for_are_those_of_the_profile(facts: str, profile: str, values: list[str]) -> None:
    """What counts under the reading of the round is found by trying the rules; a relative's post as well."""
    from web.shown.ties import ties_asked

    ties = ties_asked(f"{facts}reading(interest,{profile}).\n", "R01")["ties"]

    assert [one["value"] for one in ties["organization"]] == values
    assert [one["value"] for one in ties["individual"]] == [one for one in values if one.startswith("kin:")]
    assert [one["value"] for one in ties["posts"]] == [one for one in values if one.startswith("officer:")][:2]


def test_a_declaration_becomes_facts_with_their_source(house: Path, db: None, facts: str) -> None:
    """Every applicant is answered; a tie needs its day or its words; who has not answered is told."""
    from web.counter.declaring import undeclared
    from web.counter.models import Said
    from web.shown.ties import ties_asked
    from web.work import ask

    client = came_in("reviewer", "R01", ties_asked(facts, "R01"))
    silent = client.post("/mine/declaration", {"kind0": "none", "once": "1"})
    dayless = client.post("/mine/declaration", {**TIES, "kind0": "employed:", "once": "1"})
    wordless = client.post("/mine/declaration", {**TIES, "kind0": "declared_interest", "once": "1"})
    assert [one.status_code for one in (silent, dayless, wordless)] == [400] * 3
    assert undeclared("jiyuan-6", ["R01", "R02"]) == ["R01", "R02"]
    kinless = client.post("/mine/declaration", {**TIES, "kind2": "kin:spouse", "from2": "2020-01-01", "once": "1"})
    assert kinless.status_code == 400 and "请写亲属的姓名" in kinless.content.decode()
    tied = {"kind0": "officer:director", "from0": "2020-01-01", "to0": "2024-12-31", "kind1": "declared_interest",
            "kind2": "kin:spouse", "kin2": "虚构配偶", "post2": "officer:person_in_charge", "from2": "2021-05-01",
            "kind3": "controls:", "from3": "2022-01-01"}  # fmt: skip
    client.post("/mine/declaration", {**TIES, **tied, "words1": "师生", "once": "1"})
    held = Said.objects.get().held
    facts_ = [row for row in held["rows"] if row[0] != "source"]
    relative = facts_[2][1]

    assert facts_ == [
        ["officer", "R01", "J01", "director", 20200101, 20241231],
        ["declared_interest", "R01", "J02", "师生"],
        ["name", relative, "虚构配偶"],
        ["kin", "R01", relative, "spouse"],
        ["officer", relative, "J03", "person_in_charge", 20210501, 99991231],
        ["controls", "R01", "J04", 20220101, 99991231],
    ]
    assert [row[1:3] for row in held["rows"] if row[0] == "source"][:2] == [
        ['officer("R01","J01",director,20200101,20241231)', "本人申明"],
        ['declared_interest("R01","J02","师生")', "本人申明"],
    ]
    assert [line["zh"] for line in held["lines"][2:5]] == [
        "虚构三号新能源装备有限公司：有亲属（夫妻）在它那里，虚构配偶，任职：负责人，从2021年5月1日起",
        "虚构四号食品有限公司：实际控制它，直接或者通过别的单位，从2022年1月1日起",
        "虚构五号检测技术服务有限公司：没有",
    ]
    told = ask("changed", facts, held["rows"], [], 20251020)
    assert told["problems"] == [] and interested(told["facts"]) >= {
        ("J01", "officer"), ("J02", "declared"), ("J03", "kin_of_officer"), ("J04", "control"),
    }  # fmt: skip
    assert undeclared("jiyuan-6", ["R01", "R02"]) == ["R02"]


def test_what_is_declared_is_taken_in_as_a_version(signed_in: Any, facts: str) -> None:
    """The clerk sees the difference, takes it in, and a second time there is nothing to take."""
    from web.counter.models import Said
    from web.rounds.models import Round
    from web.shown.ties import ties_asked

    client = came_in("reviewer", "R01", ties_asked(facts, "R01"))
    client.post("/mine/declaration", {**TIES, "kind1": "declared_interest", "words1": "师生", "once": "1"})
    said = Said.objects.get()
    desk = signed_in("clerk")
    assert "师生" in desk.get(f"/rounds/jiyuan-6/counter/said/{said.ref}/take").content.decode()
    before = Round.objects.get(ref="jiyuan-6").head
    desk.post(f"/rounds/jiyuan-6/counter/said/{said.ref}/take")
    after = Round.objects.get(ref="jiyuan-6").head

    assert (after.number, after.kind) == (before.number + 1, "declaration")
    assert 'declared_interest("R01","J02","师生").' in after.facts
    assert "已经采用过" in desk.get(f"/rounds/jiyuan-6/counter/said/{said.ref}/take").content.decode()


def test_in_sanmenxia_the_dossier_goes_to_the_county(house: Path, db: None) -> None:
    """Filled in, downloaded, handed to the county: its receipt is no day of the law, nor does it enter one."""
    from web.counter.models import Said
    from web.questions.incoming import upload
    from web.shown.dossiers import dossier_opened

    files = {path.name: path.read_bytes() for path in sorted((FACTS.parent / "sanmenxia-3").glob("*.lp"))}
    told = dossier_opened(str(upload(files, 20251101)["facts"]), "S99", "individual", "虚构某")
    client = came_in("entry", "S99", told)
    overview = client.get("/mine/dossier").content.decode()
    book = client.get("/mine/dossier/workbook")
    receipt = client.get(client.post("/mine/dossier/hand", {"once": "1", "sure": "1"})["Location"]).content.decode()

    assert told["forwarded"] and "交所在地县（市、区）市场监管部门" in overview
    assert book.content[:2] == b"PK" and book["Content-Disposition"].startswith("attachment")
    assert "本回执的日期不是办法所说的日期" in receipt
    assert [row[0] for row in Said.objects.get().held["rows"]] == ["applicant", "name"]
