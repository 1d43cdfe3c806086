"""서식: a paper as the office makes it, found, kept and dropped by name."""

from __future__ import annotations

from civictracker.documents.papers import Paper
from civictracker.documents.parts import PaperOptions
from civictracker.services.paper_forms import PaperForm, delete_form, list_forms, save_form
from civictracker.ui.state import State


def form_named(state: State, paper: Paper, name: str) -> PaperForm | None:
    forms = state.context.read(list_forms, paper=paper.id)
    return next((form for form in forms if form.name == name), None)


def keep_form(state: State, paper: Paper, name: str, options: PaperOptions) -> None:
    """Raises InputError for a form without a name."""
    state.context.write(
        save_form, name=name, paper=paper.id, sections=options.sections or (), approval=options.approval,
        delegated=options.delegated or "", unfold=options.unfold_units, title=options.title,
    )  # fmt: skip
    state.say(f"서식 ‘{name}’에 저장했습니다.")


def drop_form(state: State, paper: Paper, name: str) -> None:
    changes = state.context.write(delete_form, paper=paper.id, name=name)
    state.say(f"서식 ‘{name}’을(를) 지웠습니다.", changes)
