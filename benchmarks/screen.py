"""An invented register of any size, screened by the command: `python -m benchmarks.screen 1000 10000 [--rounds 5]`.

Prints wall time, processor time (all processes) and peak memory (shared pages counted once) of the whole command, and
of how many among 500 enterprises taken by chance the row differs from what `decide` says of the same facts.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
import time
from pathlib import Path

from benchmarks.decide import PINGJIANG, measure
from desk.register.mapping import mapping_of
from desk.register.snapshot import Snapshot
from engine.answers import eligibility
from engine.case import Case
from engine.solve import SIZE

MAP = """
[round]
city = "jiyuan"
number = 7
deadline = "2026-09-30"

[[fact]]
kind = "applicant"
from = "base.csv"
columns = { applicant = "code" }
always = { kind = "organization" }

[[fact]]
kind = "name"
from = "base.csv"
columns = { id = "code", text = "name" }

[[fact]]
kind = "seat"
from = "base.csv"
columns = { applicant = "code", place = "seat" }
values = { place = { "济源" = "jiyuan", "外地" = "elsewhere" } }

[[fact]]
kind = "legal_form"
from = "base.csv"
columns = { applicant = "code", form = "form" }
values = { form = { "公司" = "legal_person", "合伙" = "unincorporated", "个体" = "none" } }

[[fact]]
kind = "operating_since"
from = "base.csv"
columns = { applicant = "code", day = "since" }
complete = true

[[fact]]
kind = "industry"
from = "base.csv"
columns = { applicant = "code", code = "industry" }

[[fact]]
kind = "activity"
from = "base.csv"
columns = { applicant = "code" }
always = { kind = "business" }

[[fact]]
kind = "certificate"
from = "certificates.csv"
columns = { applicant = "code", kind = "kind", from_day = "from", to_day = "to" }
values = { kind = { "质量" = "qms", "环境" = "ems", "健康安全" = "ohsms" } }
complete = true

[[fact]]
kind = "offence"
from = "offences.csv"
columns = { applicant = "code", day = "day", gravity = "gravity" }
always = { kind = "law" }
values = { gravity = { "严重" = "serious", "轻微" = "minor" } }

[[fact]]
kind = "accounts"
from = "accounts.csv"
columns = { applicant = "code", year = "year", result = "result" }
values = { result = { "盈" = "profit", "平" = "break_even", "亏" = "loss" } }

[[fact]]
kind = "dishonesty_listing"
from = "listed.csv"
columns = { applicant = "code", from_day = "from", to_day = "to" }
values = { to_day = { "" = 99991231 } }

[[fact]]
kind = "spot_check"
from = "checks.csv"
columns = { applicant = "code", day = "day", level = "level", result = "result" }
values = { level = { "省级" = "provincial", "市级" = "municipal" }, result = { "合格" = "pass", "不合格" = "fail" } }

[[fact]]
kind = "awarded"
from = "prizes.csv"
columns = { applicant = "code", round = "round", day = "day" }
always = { prize = "main" }

[about]
from = "base.csv"
id = "code"
district = "district"
industry = "industry"
"""
"""What a bureau would map: a base register, certificates, penalties, yearly accounts, lists, inspections, prizes."""


def write(number: int, folder: Path) -> Path:
    """Write a register of so many enterprises, its tables in no order, the same bytes each time."""
    chance = random.Random(number)
    heads = {
        "base.csv": "code,name,seat,form,since,industry,district",
        "certificates.csv": "code,kind,from,to",
        "offences.csv": "code,day,gravity",
        "accounts.csv": "code,year,result",
        "listed.csv": "code,from,to",
        "checks.csv": "code,day,level,result",
        "prizes.csv": "code,round,day",
    }
    files = {name: (folder / name).open("w", encoding="utf-8", newline="") for name in heads}
    try:
        for name, head in heads.items():
            files[name].write(head + "\r\n")
        for at in range(number):
            code = f"9141{(at * 2_654_435_761 + 12_345) % 10**12:012}{at % 97:02}"
            day = f"{chance.randint(1995, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            seat = chance.choices(("济源", "外地", ""), (94, 4, 2))[0]
            form = chance.choices(("公司", "合伙", "个体"), (80, 15, 5))[0]
            industry, district = f"C{chance.randint(13, 43)}", f"第{chance.randint(1, 16)}镇"
            files["base.csv"].write(f"{code},虚构{at}号,{seat},{form},{day},{industry},{district}\r\n")
            if chance.random() < 0.3:
                for kind in ("质量", "环境", "健康安全")[: chance.randint(1, 3)]:
                    year = chance.randint(2022, 2025)
                    files["certificates.csv"].write(f"{code},{kind},{year}-05-06,{year + 3}-05-05\r\n")
            if chance.random() < 0.04:
                day = f"{chance.randint(2019, 2025)}-07-{chance.randint(1, 28):02}"
                files["offences.csv"].write(f"{code},{day},{chance.choice(('严重', '轻微'))}\r\n")
            if chance.random() < 0.01:
                year = chance.randint(2020, 2026)
                files["listed.csv"].write(f"{code},{year}-03-04,{chance.choice(('', f'{year + 2}-03-03'))}\r\n")
            if chance.random() < 0.02:
                day = f"{chance.randint(2022, 2026)}-0{chance.randint(1, 9)}-{chance.randint(1, 28):02}"
                level, result = chance.choice(("省级", "市级")), chance.choices(("合格", "不合格"), (4, 1))[0]
                files["checks.csv"].write(f"{code},{day},{level},{result}\r\n")
            if chance.random() < 0.00005:
                n = chance.randint(3, 6)
                files["prizes.csv"].write(f"{code},{n},{2014 + 2 * n}-12-01\r\n")
            if chance.random() < 0.6:
                for year in (2023, 2024, 2025):
                    files["accounts.csv"].write(f"{code},{year},{chance.choices(('盈', '平', '亏'), (8, 1, 1))[0]}\r\n")
    finally:
        for file in files.values():
            file.close()
    (folder / "register.toml").write_text(MAP, "utf-8")
    return folder / "register.toml"


def differing(source: Path, out: Path, sample: int = 500) -> int:
    """Of how many enterprises taken by chance the row says otherwise than `decide`."""
    from desk.register.screening import heads
    from desk.shell import Shell

    snapshot, register = Snapshot(out / "snapshot"), mapping_of(source)
    chosen = sorted(random.Random(1).sample(range(snapshot.total), min(sample, snapshot.total)))
    facts, ids = [], []
    for index in sorted({n // SIZE for n in chosen}):
        some, _, _ = snapshot.part(index)
        names = [str(fact.arguments[0]) for fact in some if fact.predicate == "applicant"]
        mine = {names[n % SIZE] for n in chosen if n // SIZE == index}
        facts += [fact for fact in some if fact.arguments[0] in mine]
        ids += sorted(mine)
    said = {}
    with (out / "screening.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        columns = next(rows)
        assert columns == next(csv.reader([heads(Shell("zh"))]))
        wanted = set(ids)
        said = {row[0]: row for row in rows if row[0] in wanted}
    wrong = 0
    for one in eligibility.decide(Case.checked([register.round, *facts])).applicants:
        row = said[one.id]
        short = [told.split()[0] for told in row[5].split("; ") if told and "完整" not in told]
        barred = [told.split()[0] for told in row[6].split("; ") if told]
        wrong += short != [g.provision.citation for g in one.failed]
        wrong += barred != [g.provision.citation for g in one.barred]
    return wrong


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screen", description=__doc__)
    parser.add_argument("numbers", type=int, nargs="+")
    parser.add_argument("--rounds", default="0")
    parser.add_argument("--workers", default="2")
    arguments = parser.parse_args()
    print("| enterprises | later rounds | s | CPU s | ms each | MB, all processes | differ of 500 |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for number in arguments.numbers:
        with tempfile.TemporaryDirectory() as name:
            source, out = write(number, Path(name)), Path(name, "out")
            more = ["--rounds", arguments.rounds, "--workers", arguments.workers, "--lang", "zh"]
            time.sleep(0.1)
            took = measure([*PINGJIANG, "screen", str(source), "-o", str(out), *more])
            each, wrong = took.processor / number * 1000, differing(source, out)
            told = (f"{number:,}", arguments.rounds, f"{took.wall:.1f}", f"{took.processor:.1f}", f"{each:.2f}",
                    f"{took.memory:.0f}", wrong)  # fmt: skip
            print(f"| {' | '.join(map(str, told))} |", flush=True)


if __name__ == "__main__":
    main()
