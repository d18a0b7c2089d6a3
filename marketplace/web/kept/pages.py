"""A kept form back in its page: the values, the chosen files, and a note that nothing is saved."""

from collections import defaultdict
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html

from marketplace.web.kept.filling import Filled, FoundForm, fill, form_for, forms_of
from marketplace.web.kept.keeping import Sent, kept_forms
from marketplace.web.kept.models import KeptForm
from marketplace.web.kept.typed import KEPT, LEAVE_OUT


def put_back(request: HttpRequest, response: HttpResponse) -> None:
    """Fill the forms of a page with what is kept of them for whoever reads it."""
    html = response.content.decode()
    found = kept_forms(request, {form.action for form in forms_of(html, request.path)})
    for action, kept in found.items():
        html = _with_kept(request, html, action, kept)
    if found:
        _write(response, html)


def show_again(request: HttpRequest, response: HttpResponse, sent: Sent) -> None:
    """A page that answers a form with the form: nothing of what was typed or chosen is missing.

    One that says what somebody else has changed meanwhile (409) has put both together itself.
    """
    html = response.content.decode()
    form = form_for(forms_of(html, request.path), request.path, sent.pairs)
    if form is None:
        return
    filled = fill(
        html,
        form,
        sent.pairs,
        hidden_too=False,
        values_too=response.status_code != HTTPStatus.CONFLICT,
        inside=_identity(sent.kept),
        after_files=_file_lists(request, sent.kept, form, sent.files_without_room),
    )
    _write(response, filled.html)


def _with_kept(request: HttpRequest, html: str, action: str, kept: list[KeptForm]) -> str:
    chosen = next((row for row in kept if str(row.pk) == request.GET.get("kept")), kept[0])
    found = form_for(forms_of(html, request.path), action, chosen.pairs)
    if found is None:
        return html
    filled = _filled(request, html, found, chosen, note="")
    note = _note(request, chosen, kept, filled)
    return _filled(request, html, found, chosen, note=note).html


def _filled(
    request: HttpRequest, html: str, form: FoundForm, kept: KeptForm, *, note: str
) -> Filled:
    return fill(
        html,
        form,
        kept.pairs,
        hidden_too=True,
        before=note,
        inside=_identity(kept),
        after_files=_file_lists(request, kept, form, []),
    )


def _note(request: HttpRequest, chosen: KeptForm, kept: list[KeptForm], filled: Filled) -> str:
    page = urlsplit(request.get_full_path())
    others = [
        (row.kept_at, f"{page.path}?{urlencode({'kept': row.pk})}") for row in kept if row != chosen
    ]
    context = {"kept": chosen, "others": others, "without_place": filled.without_place}
    return render_to_string("kept/note.html", context, request)


def _identity(kept: KeptForm | None) -> str:
    """The hidden field by which the next attempt is known to be of this form."""
    if kept is None:
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', KEPT, kept.pk)


def _file_lists(
    request: HttpRequest, kept: KeptForm | None, form: FoundForm, without_room: list[str]
) -> dict[str, str]:
    """For each file input the files kept for it; one that takes a single file shows the last."""
    by_field = defaultdict(list)
    for file in kept.files.all() if kept else []:
        by_field[file.field].append(file)
    found: dict[str, str] = {}
    for control in form.controls:
        files = by_field[control.name] if control.kind == "file" else []
        if control.kind == "file" and (files or without_room):
            if "multiple" not in control.attributes:
                files = files[-1:]
            context = {"files": files, "leave_out": LEAVE_OUT, "without_room": without_room}
            found[control.name] = render_to_string("kept/files.html", context, request)
            without_room = []
    return found


def _write(response: HttpResponse, html: str) -> None:
    response.content = html.encode()
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
