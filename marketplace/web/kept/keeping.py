"""Keep a form that could not be saved, find it again, forget it once it was."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone

from marketplace.web.kept import typed
from marketplace.web.kept.files import forget_files, keep_files
from marketplace.web.kept.limits import limit
from marketplace.web.kept.marks import FIELD, Mark, is_kept_address, read_mark
from marketplace.web.kept.models import KeptForm, Pairs
from marketplace.web.kept.origins import is_from_another_site
from marketplace.web.kept.owners import Owner, exists, forms_of_reader, owner_of_sent

# What forms call the version of what they change.
_VERSIONS = {"opened", "version", "seen"}
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Sent:
    """A form as it was sent: read once, before our fields are taken out of the request."""

    mark: Mark | None
    pairs: Pairs
    kept_id: str
    leave_out: list[str]
    kept: KeptForm | None = None
    is_set_aside: bool = False
    is_saved: bool = False
    files_without_room: list[str] = field(default_factory=list)


def sent_form(request: HttpRequest) -> Sent:
    """What this POST sends."""
    sent: Sent | None = getattr(request, "_sent_form", None)
    if sent is None:
        posted = request.POST
        sent = Sent(
            mark=read_mark(posted.get(FIELD, "")),
            pairs=typed.typed(posted),
            kept_id=posted.get(typed.KEPT, ""),
            leave_out=posted.getlist(typed.LEAVE_OUT),
        )
        request._sent_form = sent  # type: ignore[attr-defined] # noqa: SLF001 -- ours
    return sent


def keep(request: HttpRequest, *, was_refused: bool = False) -> KeptForm | None:
    """Keep what this POST sends; None if there is nothing to keep or it cannot be kept.

    A form that another site sends is not kept: its text would come back as the person's own. Never
    raises for a full disk or an unreachable database, as it is called when something went wrong. Of
    a form that its view refused the version is not kept: the page says the one that is there now.
    """
    if request.method != "POST" or not is_kept_address(request) or is_from_another_site(request):
        return None
    sent = sent_form(request)
    if not typed.says_something(sent.pairs) and not request.FILES and not sent.kept_id:
        return None
    pairs = [pair for pair in sent.pairs if not (was_refused and pair[0] in _VERSIONS)]
    content = KeptForm.written(pairs)
    if len(content) > limit("form_bytes"):
        return None
    try:
        with transaction.atomic():
            sent.kept = _write(request, sent, content)
    except DatabaseError:
        logger.warning("A form was not kept", exc_info=True)
        return None
    if sent.kept is not None:
        _keep_files(request, sent)
    return sent.kept


def set_aside(request: HttpRequest) -> KeptForm | None:
    """Keep a form that this request will not save; a redirect that follows does not mean it was."""
    kept = keep(request)
    sent_form(request).is_set_aside = True
    return kept


def say_saved(request: HttpRequest) -> None:
    """Say that the form was saved, where the answer tells an error beside that."""
    sent_form(request).is_saved = True


def kept_forms(request: HttpRequest, actions: Iterable[str]) -> dict[str, list[KeptForm]]:
    """What is kept for whoever reads a page of the forms sent to ``actions``; newest first."""
    by_hash = {action_hash(action): action for action in actions}
    rows = KeptForm.objects.filter(forms_of_reader(request), action__in=by_hash)
    found: dict[str, list[KeptForm]] = {}
    for row in rows.filter(expires_at__gt=timezone.now()).order_by("-kept_at"):
        found.setdefault(by_hash[row.action], []).append(row)
    return found


def kept_form(request: HttpRequest, form_id: str | UUID) -> KeptForm | None:
    """One kept form of whoever asks; None for another's."""
    rows = KeptForm.objects.filter(forms_of_reader(request), expires_at__gt=timezone.now())
    try:
        return rows.filter(pk=form_id).first()
    except (ValidationError, ValueError):
        return None


def forget(form: KeptForm) -> None:
    """Delete a kept form with its files."""
    forget_files(form.files.all())
    form.delete()


def forget_saved(request: HttpRequest) -> None:
    """The form that this POST sent has been saved: forget what was kept of it."""
    sent = sent_form(request)
    rows = KeptForm.objects.none()
    if sent.mark and sent.mark.opening:
        rows = KeptForm.objects.filter(
            forms_of_reader(request), action=action_hash(request.path), opening=sent.mark.opening
        )
    found = {row.pk: row for row in rows}
    if sent.kept_id and (kept := kept_form(request, sent.kept_id)):
        found[kept.pk] = kept
    for row in found.values():
        forget(row)


def page_of(request: HttpRequest) -> str:
    """The page that shows the form which this POST sends."""
    sent = sent_form(request)
    if sent.mark and sent.mark.page:
        return sent.mark.page
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc == request.get_host() and referrer.path:
        return referrer.path + (f"?{referrer.query}" if referrer.query else "")
    return request.path


def action_hash(path: str) -> str:
    """How the path of a form is stored."""
    return hashlib.sha256(path.encode()).hexdigest()


def _write(request: HttpRequest, sent: Sent, content: str) -> KeptForm | None:
    owner = owner_of_sent(request, sent.mark)
    if owner.user_id is not None and not exists(owner.user_id):
        return None
    now = timezone.now()
    of_visitor = timedelta(hours=limit("visitor_hours"))
    span = timedelta(days=limit("days_kept")) if owner.user_id else of_visitor
    page = page_of(request)
    values = {"content": content, "page": page, "kept_at": now, "expires_at": now + span}
    known = _known(owner, sent, request.path)
    if known is not None:
        for name, value in values.items():
            setattr(known, name, value)
        known.save(update_fields=list(values))
        return known
    made, _is_new = KeptForm.objects.update_or_create(
        owner_id=owner.user_id,
        browser=owner.browser,
        action=action_hash(request.path),
        opening=sent.mark.opening if sent.mark else "",
        defaults=values,
    )
    _make_room(owner)
    return made


def _known(owner: Owner, sent: Sent, action: str) -> KeptForm | None:
    """The form that came back into the page and is now sent again."""
    if not sent.kept_id:
        return None
    rows = KeptForm.objects.filter(
        owner_id=owner.user_id, browser=owner.browser, action=action_hash(action)
    )
    try:
        return rows.filter(pk=sent.kept_id).first()
    except (ValidationError, ValueError):
        return None


def _make_room(owner: Owner) -> None:
    """The newest stay; those of visitors all share one room."""
    if owner.user_id is None:
        rows, most = KeptForm.objects.filter(owner=None), limit("forms_of_visitors")
        _forget_all(rows.order_by("-kept_at")[most : most + 100])
    rows = KeptForm.objects.filter(owner_id=owner.user_id, browser=owner.browser)
    _forget_all(rows.order_by("-kept_at")[limit("forms_of_one") :])


def _forget_all(rows: Iterable[KeptForm]) -> None:
    for row in rows:
        forget(row)


def _keep_files(request: HttpRequest, sent: Sent) -> None:
    """A storage that is full takes no file; the text is kept already."""
    assert sent.kept is not None
    try:
        with transaction.atomic():
            sent.files_without_room = keep_files(sent.kept, request)
    except (OSError, DatabaseError):
        logger.warning("Files of a form were not kept", exc_info=True)
        uploads = [upload for _field, files in request.FILES.lists() for upload in files]
        sent.files_without_room = [str(upload.name) for upload in uploads]
