"""숫자 검산: figures and claims of a press text, recomputed (see :mod:`.check`)."""

from __future__ import annotations

from civictracker.domain.claims.check import verify
from civictracker.domain.claims.model import Claim, Known, Verdict

__all__ = ["Claim", "Known", "Verdict", "verify"]
