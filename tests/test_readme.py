"""What the documents promise is so: commands print what is shown, targets and links exist."""

import re
from pathlib import Path

import pytest
from transcript import printed, renewed

HOUSE = Path(__file__).resolve().parents[1]
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
TOURS = {"docs/tour.md": "en", "docs/tour.zh-CN.md": "zh"}
DOCUMENTS = sorted([*HOUSE.glob("*.md"), *(HOUSE / "docs").glob("*.md"), *(HOUSE / "facts").glob("*.md")])


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands in a document are run from the repository's top folder."""
    monkeypatch.chdir(HOUSE)


@pytest.mark.parametrize(("name", "lang"), {**READMES, **TOURS}.items())
def test_shown_output_is_real(name: str, lang: str) -> None:
    """`make docs` writes it; this is what it would write now."""
    document = (HOUSE / name).read_text(encoding="utf-8")

    assert document == renewed(document, lambda arguments: printed(arguments, lang))


@pytest.mark.parametrize("name", READMES)
def test_shown_facts_are_in_the_sample(name: str) -> None:
    document = (HOUSE / name).read_text(encoding="utf-8")
    shown = [line for block in re.findall(r"```prolog\n(.*?)```", document, re.DOTALL) for line in block.splitlines()]
    sample = (HOUSE / "facts" / "jiyuan-6" / "applicants.lp").read_text(encoding="utf-8").splitlines()

    assert shown and [line for line in shown if line not in sample] == []


@pytest.mark.parametrize("name", TOURS)
def test_the_library_example_runs(name: str) -> None:
    document = (HOUSE / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", document, re.DOTALL)
    assert blocks
    for block in blocks:
        room: dict[str, object] = {}
        exec(block.replace("print(", "seen = ("), room)

        assert f"# {room['seen']}\n" in block


@pytest.mark.parametrize("name", READMES)
def test_make_targets_exist(name: str) -> None:
    document, makefile = ((HOUSE / file).read_text(encoding="utf-8") for file in (name, "Makefile"))
    wanted = re.findall(r"^make (\w+)", document, re.MULTILINE)

    assert wanted and [target for target in wanted if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []
