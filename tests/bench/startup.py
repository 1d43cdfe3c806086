"""From the start of the process to a painted window, and to one that can be used.

Beside a bare PySide6 window, and one with the bare imports of sqlmodel and pyqtgraph.
``python -m tests.bench.startup [--rounds 7]``
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from tests.bench.timing import fresh, in_turn, median, spread

_BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow(); window.resize(1280, 800); window.show()
app.processEvents()
painted = time.time() - T0
{more}
print(painted * 1000, (time.time() - T0) * 1000)
"""
_OURS = """
import sys, time
from pathlib import Path
from PySide6.QtGui import QPaintEvent
from civictracker import app
application = app.make_application()
window = app.MainWindow(); window.show()
application.processEvents()
painted = time.time() - T0
app.preload = lambda: None
session = app._Session(window, Path(sys.argv[1]), app.local_clock, sample=True)
session.open()
application.processEvents()
usable = time.time() - T0
assert window.current_page is not None and window.current_page.isVisible()
print(painted * 1000, usable * 1000)
session.close()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIVICTRACKER_HOME"] = folder
        sample = _sample(Path(folder))
        found = in_turn(
            {
                "bare window": lambda: fresh(_BARE.format(more="")),
                "bare + imports": lambda: fresh(_BARE.format(more="import sqlmodel, pyqtgraph")),
                "채널일지": lambda: fresh(_OURS, str(sample)),
            },
            rounds,
        )
    for name, runs in found.items():
        print(f"{name:16} painted {spread([r[0] for r in runs])}   usable {spread([r[1] for r in runs])}")
    ours, bare = found["채널일지"], found["bare window"]
    both = found["bare + imports"]
    print(
        f"first paint ÷ bare window             {median([r[0] for r in ours]) / median([r[0] for r in bare]):.2f}  (≤ 2)"
    )
    print(
        f"usable ÷ (bare window + bare imports) {median([r[1] for r in ours]) / median([r[1] for r in both]):.2f}  (≤ 1.3)"
    )


def _sample(folder: Path) -> Path:
    done = fresh(
        "import sys\nfrom pathlib import Path\nfrom civictracker.ui.shell.welcome import make_sample\n"
        "make_sample(Path(sys.argv[1]), '관악구')\nprint(0)",
        str(folder),
    )
    del done
    return folder / "sample-gwanak.db"


if __name__ == "__main__":
    main()
