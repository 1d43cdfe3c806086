"""``python -m bundle windows|linux|all --out DIR``: makes what is handed out, and says what it made."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bundle import fetch, files, windows


def main() -> None:
    words = argparse.ArgumentParser(prog="bundle", description=__doc__)
    words.add_argument("what", choices=["windows", "linux", "all", "trimmed"], nargs="?", default="all")
    words.add_argument("--out", type=Path, default=Path("out/bundle"))
    told = words.parse_args()
    if told.what == "trimmed":
        from bundle import trim  # noqa: PLC0415

        print(trim.told())
        return
    if sys.version_info[:2] != (3, 11):
        sys.exit("modules are compiled for Python 3.11: build with it")
    out: Path = told.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    if told.what in {"windows", "all"}:
        made += _timed("windows", out)
    if told.what in {"linux", "all"}:
        from bundle import linux  # noqa: PLC0415

        made.append(linux.build(out))
    sums = [f"{fetch.digest(path.read_bytes())}  {path.name}" for path in made]
    (out / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    for path in made:
        print(f"{path.stat().st_size:>12,} bytes  {path.name}")


def _timed(name: str, out: Path) -> list[Path]:
    began = time.monotonic()
    made = windows.build(out)
    found = files.all_files(made.folder)
    size = sum(path.stat().st_size for path in found)
    print(f"{name}: {len(found):,} files, {size:,} bytes, made in {time.monotonic() - began:.0f} s")
    return [made.portable, made.setup]


if __name__ == "__main__":
    main()
