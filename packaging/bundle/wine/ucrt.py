"""C source and exports of a ucrtbase.dll that forwards to wine's and adds the complex functions of C99."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_EXPORT = re.compile(r"^\t\[\s*\d+\](?: \+base\[\s*\d+\])?(?:\s+[0-9a-f]{4,8})?\s+(\S+)$", re.MULTILINE)
_OF_ONE = "cexp clog csqrt csin ccos ctan csinh ccosh ctanh cacos casin catan cacosh casinh catanh".split()  # noqa: SIM905
_TYPES = (("f", "F", "float"), ("", "D", "double"), ("l", "D", "double"))
_HEAD = "#include <math.h>\ntypedef struct { float r, i; } F;\ntypedef struct { double r, i; } D;\n"


def write(source: Path, folder: Path) -> None:
    """``ucrt.c`` and ``ucrtbase.def`` in ``folder``, for wine's library ``source``."""
    told = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(source)], capture_output=True, text=True, check=True
    ).stdout
    names = [name for name in dict.fromkeys(_EXPORT.findall(told)) if not name.startswith("+base")]
    roots = ["creal", "cimag", "cabs", "carg", "conj", "cpow", *_OF_ONE]
    ours = {root + end for root in roots for end in ("f", "", "l")} & set(names)
    lines = [f" {name}=my_{name}" if name in ours else f" {name}=ucrtwine.{name}" for name in names]
    (folder / "ucrtbase.def").write_text("\n".join(["LIBRARY ucrtbase.dll", "EXPORTS", *lines]) + "\n")
    (folder / "ucrt.c").write_text(_HEAD + "".join(_functions(*each) for each in _TYPES))


def _functions(end: str, pair: str, real: str) -> str:
    made = [
        f"{real} my_creal{end}({pair} z) {{ return z.r; }}",
        f"{real} my_cimag{end}({pair} z) {{ return z.i; }}",
        f"{real} my_cabs{end}({pair} z) {{ return hypot(z.r, z.i); }}",
        f"{real} my_carg{end}({pair} z) {{ return atan2(z.i, z.r); }}",
        f"{pair} my_conj{end}({pair} z) {{ {pair} o = {{z.r, -z.i}}; return o; }}",
    ]
    made += [
        f"{pair} my_{name}{end}({pair} z) {{ extern double _Complex {name}(double _Complex);"
        f" double _Complex a; __real__ a = z.r; __imag__ a = z.i; a = {name}(a);"
        f" {pair} o = {{__real__ a, __imag__ a}}; return o; }}"
        for name in _OF_ONE
    ]
    made.append(
        f"{pair} my_cpow{end}({pair} z, {pair} w) {{"
        " extern double _Complex cpow(double _Complex, double _Complex);"
        f" double _Complex a, b; __real__ a = z.r; __imag__ a = z.i; __real__ b = w.r; __imag__ b = w.i;"
        f" a = cpow(a, b); {pair} o = {{__real__ a, __imag__ a}}; return o; }}"
    )
    return "\n".join(made) + "\n"
