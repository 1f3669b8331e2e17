"""The commands about panels: exit codes, both languages, JSON, files."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest

from desk.shell.cli import run
from engine.facts.vocabulary import text
from tests.test_seeds import SOURCES

HOUSE = Path(__file__).resolve().parents[1]
JIYUAN, SANMENXIA = str(HOUSE / "facts" / "jiyuan-6"), str(HOUSE / "facts" / "sanmenxia-3")

Capture = pytest.CaptureFixture[str]


def test_conflicts_in_json_are_as_the_vocabulary_has_them(capsys: Capture) -> None:
    assert run(["conflicts", JIYUAN, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["profile", "scope", "conflicts", "excluded", "hints"]
    assert found["conflicts"][0] == {
        "reviewer": "R02",
        "applicant": "J01",
        "provision": "art(20,0,0)",
        "citation": "第二十条",
        "limb": "kin_of_officer",
        "chain": ['kin("R02","P01",spouse)', 'officer("P01","J01",legal_representative,20180301,99991231)'],
    }
    assert {"reviewer": "R02", "group": "G1", "reasons": ["interest"]} in found["excluded"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", [JIYUAN, SANMENXIA])
@pytest.mark.parametrize(
    "words",
    ["conflicts", "freeze", "draw --demo-seed", "draw --chances 20", "panels --limit 2"],
)
def test_each_command_speaks_both_languages(words: str, case: str, lang: str, capsys: Capture) -> None:
    line = words.split()
    if line[0] == "panels" and case == SANMENXIA:
        line = [*line, "--with", "R09@G4", "--with", "R02@G1", "--with", "R04@G2", "--with", "R06@G3"]
    assert run([line[0], case, *line[1:], "--lang", lang]) == 0

    assert capsys.readouterr().out.count("\n") > 5


def test_without_a_seed_nothing_is_drawn(capsys: Capture) -> None:
    assert run(["draw", JIYUAN, "--lang", "en"]) == 2

    shown = capsys.readouterr()
    assert shown.out == "" and "pingjiang freeze" in shown.err and "--demo-seed" in shown.err


def test_a_demo_seed_is_marked(capsys: Capture) -> None:
    assert run(["draw", JIYUAN, "--demo-seed", "--json"]) == 0

    record = json.loads(capsys.readouterr().out)["record"]
    assert (record["demo"], record["seed"]) == (True, "demo")


NUMBERS = "1.1:3 7 12 18 25 31;1.2:9;2.1:4 2 4"


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """The second sample frozen with announced sources."""
    sources = tmp_path / "sources.lp"
    sources.write_text(".\n".join(map(text, SOURCES)) + ".\n", "utf-8")
    assert run(["freeze", SANMENXIA, str(sources), "--file", str(tmp_path / "frozen.json")]) == 0
    return str(tmp_path / "frozen.json")


def test_a_record_is_drawn_verified_and_added_to(kept: str, tmp_path: Path, capsys: Capture) -> None:
    record, more = str(tmp_path / "draw.json"), str(tmp_path / "more.json")
    assert run(["draw", kept, "--seed", NUMBERS, "--record", record]) == 0
    found = json.loads(Path(record).read_text("utf-8"))
    gone = found["panels"][0]["members"][1]["id"]
    published = ["--commitment", found["record"]["commitment"], "--seed", NUMBERS]
    assert run(["draw", "--verify", record, *published]) == 0
    news = ["--because", "住院", "--on", "2026-12-03", "--document", "假条", "--unavailable", f"{gone}@G1"]
    assert run(["draw", "--from", record, *news, "--record", more]) in (0, 4)
    capsys.readouterr()
    assert run(["draw", "--verify", more, *published, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["not_given"] == ["head"]
    [entry] = json.loads(Path(more).read_text("utf-8"))["after"]

    assert entry["unavailable"] == [{"reviewer": gone, "group": "G1"}]
    Path(record).write_text(Path(record).read_text("utf-8").replace('"place": 1,', '"place": 2,', 1), "utf-8")
    assert run(["draw", "--verify", record, "--lang", "en"]) == 2
    assert "draw.json:" in capsys.readouterr().err


def test_an_announcement_is_ready_to_publish(kept: str, tmp_path: Path, capsys: Capture) -> None:
    commitment = json.loads(Path(kept).read_text("utf-8"))["commitment"]
    capsys.readouterr()
    assert run(["freeze", SANMENXIA, str(tmp_path / "sources.lp"), "--lang", "zh"]) == 0

    shown = capsys.readouterr().out
    assert "第三届三门峡市市长质量奖专家评审组将以公开事件的号码为种子抽取" in shown.replace("\n", "").replace(
        "    ", ""
    )
    assert "双色球第2026135期，2026年12月1日开出" in shown.replace("\n", "").replace("    ", "")
    assert commitment not in shown


@pytest.mark.parametrize("more", [["--size", "5"], ["--demo-seed"], ["--chances", "5"], [JIYUAN], ["--because", "x"]])
def test_nothing_else_goes_with_verify(more: list[str], capsys: Capture) -> None:
    assert run(["draw", "--verify", "draw.json", *more, "--lang", "en"]) == 2

    assert "does not go with this" in capsys.readouterr().err


def test_where_no_set_exists_it_says_why_and_ends_with_4(capsys: Capture) -> None:
    assert run(["draw", JIYUAN, "--demo-seed", "--size", "5", "--json"]) == 4

    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["panels", "hall", "repairs", "hints"] and found["panels"] is None
    assert list(found["hall"]) == ["places", "need", "give"]
    assert found["hall"]["need"] > sum(one["gives"] for one in found["hall"]["give"]) and found["repairs"]


@pytest.mark.parametrize("command", ["freeze", "panels"])
def test_the_other_commands_say_so_too(command: str, capsys: Capture) -> None:
    assert run([command, JIYUAN, "--size", "5", "--lang", "zh"]) == 4

    assert "代价" in capsys.readouterr().out


def test_a_size_against_the_text_cites_it(capsys: Capture) -> None:
    assert run(["freeze", JIYUAN, "--size", "6", "--lang", "zh"]) == 2

    assert "第七条" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--size", "three"], ["--size", "-1"], ["--chances", "0"], ["--chances", "9999999"]])
def test_a_number_is_a_number(words: list[str]) -> None:
    assert run(["draw", JIYUAN, "--demo-seed", *words]) == 2


def test_the_commitment_is_that_of_the_salted_lines(kept: str) -> None:
    """Recomputed as anybody would with the frozen file: a salt a line, the hashes sorted."""
    found = json.loads(Path(kept).read_text("utf-8"))
    hashes = []
    for line in found["frozen"]:
        salt = hmac.new(bytes.fromhex(found["key"]), line.encode(), "sha256").hexdigest()
        hashes.append(hashlib.sha256(f"{salt}|{line}".encode()).hexdigest())

    assert hashlib.sha256("".join(f"{one}\n" for one in sorted(hashes)).encode()).hexdigest() == found["commitment"]


def test_an_impossible_choice_gives_its_reasons(capsys: Capture) -> None:
    assert run(["panels", JIYUAN, "--with", "R02@G1", "--lang", "zh"]) == 4

    assert "第二十条" in capsys.readouterr().out


def test_pending_applicants_can_be_left_out(capsys: Capture) -> None:
    for words, want in (([], ["J05", "J06", "J07"]), (["--without-pending"], ["J05", "J06"])):
        assert run(["draw", JIYUAN, "--demo-seed", "--json", *words]) == 0
        frozen = json.loads(capsys.readouterr().out)["record"]["frozen"]

        assert [one for one in ("J05", "J06", "J07") if f'under_review("{one}").' in frozen] == want


# Pictures and papers


@pytest.mark.parametrize("suffix", ["svg", "dot"])
@pytest.mark.parametrize("words", ["conflicts", "draw --demo-seed"])
def test_pictures_are_drawn(words: str, suffix: str, tmp_path: Path) -> None:
    picture = tmp_path / f"picture.{suffix}"
    command, *more = words.split()

    assert run([command, JIYUAN, *more, "--picture", str(picture), "--lang", "zh"]) == 0
    assert "虚构评审员乙" in picture.read_text("utf-8")


def test_a_picture_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    assert run(["conflicts", JIYUAN, "--picture", str(tmp_path / "picture.xyz")]) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_the_record_is_a_paper(kept: str, suffix: str, lang: str, tmp_path: Path) -> None:
    paper = tmp_path / f"record.{suffix}"

    assert run(["draw", kept, "--seed", NUMBERS, "--paper", str(paper), "--lang", lang]) == 0
    assert paper.stat().st_size > 5_000
    if suffix == "html":
        shown = paper.read_text("utf-8")
        assert "双色球第2026135期" in shown and "第三十一条" in shown and "第九条" in shown


def test_a_round_without_applicants_reads_whole(tmp_path: Path) -> None:
    """No group needs a panel, so none is drawn; the rest of the folder is there."""
    case = tmp_path / "zero.lp"
    case.write_text('round(jiyuan,6,20250930). group("G1","C38"). reviewer("R01"). expertise("R01","C").\n', "utf-8")
    folder = tmp_path / "round"

    assert run(["round", str(case), "-o", str(folder), "--demo-seed", "--without-graphs"]) == 0
    assert (folder / "conflicts.json").exists() and not (folder / "draw.json").exists()


def test_long_names_are_wrapped_in_pictures(tmp_path: Path) -> None:
    picture = tmp_path / "picture.dot"
    assert run(["draw", SANMENXIA, "--demo-seed", "--picture", str(picture), "--lang", "zh", "--brief"]) == 0

    assert "计算机、通信和其他\\n电子设备制造业组\\n· " in picture.read_text("utf-8")
