"""Gather what an office PC without network needs: wheels of the program and of all it stands on, scripts beside them.

    python .ci/bundle.py [--into DIR] [--only linux|windows]

One zip a system: `wheels/`, `install` and `start`. Versions are those of `requirements-test.lock`. Python itself (3.11,
64 bits) is not in it: on Windows the installer is brought along on the same stick, on Linux it is the system's.
"""

import argparse
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
FOREIGN = ("colorama", "tzdata")
"""What the packages ask for on Windows alone: pip weighs that by the machine it runs on."""
TARGETS = {
    "linux": [],
    "windows": ["--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"],
}

INSTALL_SH = """#!/bin/sh
# Install without network: a virtual environment beside this script, filled from wheels/.
set -e
cd "$(dirname "$0")"
for python in "${PYTHON:-python3.11}" python3 python3.12 python3.13; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$python; break; fi
done
test -n "$found" || { echo "需要 Python 3.11 以上 / Python 3.11 or newer is needed" >&2; exit 1; }
"$found" -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check --no-index --find-links wheels 'pingjiang[desk]'
venv/bin/pingjiang --version
echo "装好了。运行 ./start.sh / Installed: run ./start.sh"
"""
START_SH = """#!/bin/sh
# Start the desk in the browser; its data lies in desk-data beside this script.
cd "$(dirname "$0")"
exec venv/bin/pingjiang serve --data desk-data "$@"
"""
INSTALL_BAT = """@echo off
rem Install without network: a virtual environment beside this script, filled from wheels\\.
cd /d "%~dp0"
py -3.11 -m venv venv || (echo Python 3.11 x64 is needed & pause & exit /b 1)
set pip=venv\\Scripts\\python -m pip --disable-pip-version-check
%pip% install --no-index --find-links wheels pingjiang[desk] || (pause & exit /b 1)
venv\\Scripts\\pingjiang --version
pause
"""
START_BAT = """@echo off
rem Start the desk in the browser; its data lies in desk-data beside this script.
cd /d "%~dp0"
venv\\Scripts\\pingjiang serve --data desk-data %*
pause
"""
README = """评奖工作台，离线安装包（{system}，x86-64）

1. 装好 Python 3.11（64 位）。安装包里没有 Python 本身。
2. 运行 {install}，只用 wheels 里的文件，不连网。
3. 运行 {start}，浏览器打开它写出的地址。数据在 desk-data 里，备份时整个抄走。

{tried}
"""
TRIED = {
    "linux": "这个包在没有网络的虚拟环境里装过、开过。",
    "windows": "这个包的文件是按 Windows 的名目取齐的，没有在 Windows 上装过、开过：第一次用时请先在一台机器上试。",
}
SCRIPTS = {
    "linux": {"install.sh": INSTALL_SH, "start.sh": START_SH},
    "windows": {"install.bat": INSTALL_BAT, "start.bat": START_BAT},
}


def main() -> None:
    """Make the bundles asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--into", type=Path, default=HOUSE / "out" / "bundle")
    asked.add_argument("--only", choices=sorted(TARGETS))
    given = asked.parse_args()
    version = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    for system in [given.only] if given.only else TARGETS:
        folder = given.into / f"pingjiang-{version}-{system}-x86_64"
        shutil.rmtree(folder, ignore_errors=True)
        gathered(folder / "wheels", system)
        for name, words in SCRIPTS[system].items():
            script = folder / name
            script.write_text(words, "utf-8", newline="\r\n" if name.endswith(".bat") else "\n")
            script.chmod(0o755)
        install, start = SCRIPTS[system]
        words = README.format(system=system, install=install, start=start, tried=TRIED[system])
        (folder / "README.txt").write_text(words, "utf-8-sig")
        packed = zipped(folder)
        sys.stdout.write(f"{packed}  {packed.stat().st_size / 1e6:.0f} MB\n")


def gathered(wheels: Path, system: str) -> None:
    """The wheels of the program and of everything it needs on a system."""
    wheels.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", wheels, HOUSE], check=True)
    [own] = wheels.glob("pingjiang-*.whl")
    wanted = [f"{own}[desk]", *(FOREIGN if system == "windows" else ())]
    lock = ["-c", HOUSE / "requirements-test.lock"]
    subprocess.run(
        [*pip, "download", "--only-binary=:all:", *TARGETS[system], *lock, "-d", wheels, *wanted], check=True
    )


def zipped(folder: Path) -> Path:
    """The folder as a zip beside it, scripts still to be run."""
    made = folder.parent / f"{folder.name}.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.rglob("*")):
            packed.write(file, file.relative_to(folder.parent))
    return made


if __name__ == "__main__":
    main()
