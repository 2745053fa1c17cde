"""A form before a person's eyes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from icare_xl.excel.forms import sentences as say
from icare_xl.excel.forms.form import Form
from icare_xl.excel.forms.writing import write
from icare_xl.excel.session import Session


def open_form(session: Session, form: Form) -> None:
    """As a new workbook in front that nobody has saved."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, f"{form.kind.title.to(session.language)}.xlsx")
        write(path, form, session.language)
        session.excel.open_copy(path)
    if form.rows:
        session.status(say.opened(form.kind))
