"""Papers held against checkers that are not ours: ``PYTHON check_files.py FOLDER`` prints what they find.

Run by a Python that has them (``pip install page-validation outloud pikepdf openxml-audit python-hwpx``),
apart from the program: they are many and heavy. Ends with 1 when anything was found.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
from hwpx.tools.package_validator import validate_package
from hwpx.tools.validator import validate_document

TOOLS = Path(sys.executable).parent
# TBL-004: a row whose last cell comes down from the row above is counted one short (page-validation does not).
# PAG-001: a row of a table that happens to stand at the same height on four pages is taken for a running head.
NOT_OURS = "TBL-004,PAG-001"


def pdf(path: Path) -> Iterator[str]:
    for profile in (page.ValidationProfile.PDF_A_1A, page.ValidationProfile.PDF_UA_1):
        report = page.validate_pdf(path, profile=profile)
        yield from (f"{profile}: {each.rule_id} {each.message}" for each in report.failures)
    with pikepdf.open(path) as opened:
        yield from opened.check_pdf_syntax()


def pdfs(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """What outloud finds against PDF/UA-1, for all at once."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        options = [
            "--layer",
            "conformance",
            "--skip",
            NOT_OURS,
            "--fail-on",
            "never",
            "-q",
            "--json",
            out.name,
        ]
        subprocess.run([TOOLS / "outloud", *options, *paths], check=True, capture_output=True)
        for result in json.loads(Path(out.name).read_bytes())["results"]:
            yield from ((Path(result["path"]), f"{f['rule']} {f['message']}") for f in result["findings"])


def xlsx(path: Path) -> Iterator[str]:
    done = subprocess.run([TOOLS / "openxml-audit", "-q", path], capture_output=True, text=True, check=False)
    if done.returncode:
        yield " ".join(done.stdout.split())[:400]


def hwpx(path: Path) -> Iterator[str]:
    """Against the schemas of KS X 6101 that come with python-hwpx, and as a package."""
    yield from (str(each) for each in validate_document(path).issues)
    yield from (str(each) for each in validate_package(path).errors)


def main() -> int:
    folder = Path(sys.argv[1])
    checks = {".pdf": pdf, ".xlsx": xlsx, ".hwpx": hwpx}
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in checks]
    told = [(path, words) for path in paths for words in checks[path.suffix](path)]
    told += pdfs([path for path in paths if path.suffix == ".pdf"])
    for path, words in told:
        print(f"{path.name}: {words}")
    kinds = Counter(path.suffix for path in paths)
    print(
        ", ".join(f"{number} {suffix}" for suffix, number in kinds.items()), f"checked, {len(told)} findings"
    )
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
