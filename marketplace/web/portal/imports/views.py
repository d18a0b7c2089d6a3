"""Importing a file of products: its pages in the portal."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.errors import NothingToUndo, UnreadableArchive
from catalog.models import ProductFile, ProductFileState
from catalog.picture_archives import MOST_BYTES as LARGEST_ARCHIVE
from catalog.queries.product_files import product_file, product_files
from catalog.services import product_files as services
from catalog.services import undoing
from catalog.services.outcome_lists import outcome_list
from marketplace.core.errors import TwizaError
from marketplace.core.uploads import takes_files
from marketplace.long_jobs.services import cancel_job
from marketplace.web.outcomes import carry_out, saved
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.imports.forms import LARGEST_TABLE, BothForm, ColumnsForm, PicturesForm
from marketplace.web.portal.imports.outcomes import outcomes, pictures_told, problems_of_pictures

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
# A page without JavaScript asks again after so many seconds.
REFRESH_SECONDS = "3"


@takes_files(LARGEST_TABLE + LARGEST_ARCHIVE)
@member_view("listing:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def list_files(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """The files that were sent, and the form to send one."""
    form = BothForm()
    if request.method == "POST":
        form = BothForm(request.POST, request.FILES)
        kept = _keep(form, access) if form.is_valid() else None
        if kept is not None:
            return _to(access, kept)
    page = product_files(access.scope, page=request.GET.get("page", 1))
    context = {"page": page, "form": form}
    status = REFUSED if form.is_bound else HTTPStatus.OK
    return render(request, "portal/imports/list.html", context, status=status)


@member_view("listing:edit")
@require_safe
def show_file(request: HttpRequest, access: MemberAccess, import_id: UUID) -> HttpResponse:
    """What its columns are, what would become or became of its rows; refreshes while it runs."""
    file = product_file(access.scope, import_id)
    response = _page(request, file)
    if file.is_under_way:
        response["Refresh"] = REFRESH_SECONDS
    return response


@member_view("listing:edit")
@require_POST
def columns(request: HttpRequest, access: MemberAccess, import_id: UUID) -> HttpResponse:
    """Say what each column is; the rows are checked anew."""
    file = product_file(access.scope, import_id)
    form = _columns_form(file, request.POST)
    is_saved = form.is_valid() and saved(
        form,
        lambda: services.choose_columns(file=file, columns=form.chosen, by=access.by),
        beside=None,
    )
    if not is_saved:
        return _page(request, file, form=form, status=REFUSED)
    _tell_checked(request, file)
    return _to(access, file)


@takes_files(LARGEST_ARCHIVE)
@member_view("listing:edit")
@require_POST
def pictures(request: HttpRequest, access: MemberAccess, import_id: UUID) -> HttpResponse:
    """Take the ZIP of pictures of a table, or another one instead; the rows are checked anew."""
    file = product_file(access.scope, import_id)
    form = PicturesForm(request.POST, request.FILES)
    if not form.is_valid() or not _keep_pictures(form, file, access):
        return _page(request, file, pictures_form=form, status=REFUSED)
    _tell_checked(request, file)
    return _to(access, file)


@member_view("listing:edit")
@require_POST
def start(request: HttpRequest, access: MemberAccess, import_id: UUID) -> HttpResponse:
    """Import the file; the page shows how far it is."""
    file = product_file(access.scope, import_id)
    carry_out(
        request,
        lambda: services.start_import(file=file, by=access.by),
        _("The import has begun. You can leave this page: it goes on."),
    )
    return _to(access, file)


@member_view("listing:edit")
@require_POST
def cancel(request: HttpRequest, access: MemberAccess, import_id: UUID) -> HttpResponse:
    """Stop a check, or an import; what is imported stays and can be undone."""
    file = product_file(access.scope, import_id)
    told = _("Stopped. You can go on later, or undo what was imported.")
    if file.state == ProductFileState.CHECKING:
        told = _("Stopped. Check the rows again when you like.")
    if file.job and cancel_job(job=file.job, by=access.by):
        messages.success(request, told)
    return _to(access, file)


@member_view("listing:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, access: MemberAccess, import_id: UUID) -> HttpResponse:
    """Take back what the import made, after confirmation."""
    file = product_file(access.scope, import_id)
    if request.method != "POST":
        count = undoing.undoable(file).count()
        if count:
            return _confirm(request, file, "undo", count)
        messages.error(request, str(NothingToUndo()))
        return _to(access, file)
    told = _("Undone. Products that somebody has changed or approved meanwhile have stayed.")
    carry_out(request, lambda: undoing.undo_import(file=file, by=access.by), told)
    return _to(access, file)


@member_view("listing:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, access: MemberAccess, import_id: UUID) -> HttpResponse:
    """Delete the file, after confirmation; products that came from it stay."""
    file = product_file(access.scope, import_id)
    if request.method != "POST":
        return _confirm(request, file, "delete")
    told = _("The file was deleted. Products that came from it have stayed.")
    carry_out(request, lambda: services.delete_file(file=file, by=access.by), told)
    return redirect("portal:imports", cooperative=access.cooperative.slug)


@member_view("listing:edit")
@require_safe
def report(request: HttpRequest, access: MemberAccess, import_id: UUID) -> HttpResponseBase:
    """What becomes of every row, or became of it, as a table to download."""
    file = product_file(access.scope, import_id)
    try:
        rows = outcome_list(file)
    except TwizaError as error:
        messages.error(request, _told(error))
        return _to(access, file)
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="import-report.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _keep(form: BothForm, access: MemberAccess) -> ProductFile | None:
    """The file as it is kept; None when it was refused, which the form says."""
    upload, pictures = form.cleaned_data["file"], form.cleaned_data["pictures"]
    try:
        return services.keep_file(
            cooperative=access.cooperative,
            upload=upload,
            name=upload.name,
            by=access.by,
            archive=services.Archive(pictures, pictures.name) if pictures else None,
        )
    except UnreadableArchive as error:
        form.add_error("pictures", _told(error))
    except TwizaError as error:
        form.add_error("file", _told(error))
    return None


def _keep_pictures(form: PicturesForm, file: ProductFile, access: MemberAccess) -> bool:
    """Whether the ZIP was taken; why it was refused, the form says."""
    upload = form.cleaned_data["pictures"]
    try:
        archive = services.Archive(upload, upload.name)
        services.keep_pictures(file=file, archive=archive, by=access.by)
    except TwizaError as error:
        form.add_error("pictures", _told(error))
        return False
    return True


def _told(error: TwizaError) -> str:
    """What is wrong with the file, as exactly as it is known."""
    found = getattr(error, "errors", {})
    return str(found.get("file") or found.get("pictures") or error)


def _columns_form(file: ProductFile, data: object = None) -> ColumnsForm:
    return ColumnsForm(data, headings=file.headings, columns=file.columns, sample=file.sample)


def _page(
    request: HttpRequest,
    file: ProductFile,
    *,
    form: ColumnsForm | None = None,
    pictures_form: PicturesForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "file": file,
        "form": form or _columns_form(file),
        "pictures_form": pictures_form or PicturesForm(),
        "outcomes": outcomes(file),
        "pictures": pictures_told(file),
        "problems": problems_of_pictures(file),
        "can_start": file.may_start and bool(outcomes(file)),
        "can_undo": undoing.can_undo(file),
    }
    return render(request, "portal/imports/show.html", context, status=status)


def _tell_checked(request: HttpRequest, file: ProductFile) -> None:
    if file.state != ProductFileState.CHECKING:
        messages.success(request, _("Checked. Look below at what becomes of the rows."))


def _confirm(request: HttpRequest, file: ProductFile, act: str, count: int = 0) -> HttpResponse:
    context = {"file": file, "act": act, "count": count}
    return render(request, "portal/imports/confirm.html", context)


def _to(access: MemberAccess, file: ProductFile) -> HttpResponse:
    return redirect("portal:import", cooperative=access.cooperative.slug, import_id=file.pk)
