"""Files chosen in a form that was not saved: kept encrypted, and given to the next attempt."""

from collections.abc import Iterable, Iterator

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db.models import Sum
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from marketplace.core.private_files import CHUNK, delete_private, read_private, save_private
from marketplace.web.kept.limits import limit
from marketplace.web.kept.models import KeptFile, KeptForm
from marketplace.web.kept.thumbnails import is_picture


def keep_files(form: KeptForm, request: HttpRequest) -> list[str]:
    """Keep the request's new files with a form; the names of those for which there is no room.

    A file with ``refused`` set is not kept: it would be refused again. Raises OSError when the
    storage does not take them.
    """
    left_out = []
    for field, uploads in request.FILES.lists():
        for upload in uploads:
            if getattr(upload, "refused", False):
                _forget_upload(upload)
            elif not hasattr(upload, "kept_as") and not _keep(form, field, upload):
                left_out.append(str(upload.name))
    return left_out


def restore_files(form: KeptForm, request: HttpRequest, *, leave_out: Iterable[str]) -> None:
    """Add a form's kept files to the request, before those that were chosen now."""
    removed = set(leave_out)
    forget_files([file for file in form.files.all() if str(file.pk) in removed])
    restored: MultiValueDict[str, UploadedFile[bytes]] = MultiValueDict()
    for file in form.files.all():
        if (upload := _opened(file)) is not None:
            restored.appendlist(file.field, upload)
    for field, uploads in request.FILES.lists():
        for upload in uploads:
            restored.appendlist(field, upload)
    request._files = restored  # type: ignore[attr-defined] # noqa: SLF001 -- Django has no setter


def read_file(file: KeptFile) -> Iterator[bytes]:
    """The bytes of a kept file, chunk by chunk; raises OSError when they are gone."""
    return read_private(file.stored_at)


def forget_files(files: Iterable[KeptFile]) -> None:
    """Delete files with their rows."""
    for file in files:
        delete_private(file.stored_at)
        file.delete()


def _keep(form: KeptForm, field: str, upload: "UploadedFile[bytes]") -> bool:
    others = KeptFile.objects.filter(form__owner=form.owner, form__browser=form.browser)
    bytes_before = others.aggregate(all=Sum("size"))["all"] or 0
    size = upload.size or 0
    if (
        others.count() >= limit("files_of_one")
        or bytes_before + size > limit("file_bytes_of_one")
        or upload.closed
    ):
        return False
    file = KeptFile(
        form=form,
        field=field[:80],
        name=str(upload.name)[-200:],
        content_type=(upload.content_type or "")[:100],
        size=size,
    )
    upload.seek(0)
    if file.is_picture and not is_picture(upload):
        # Browsers go by the name of a file.
        file.content_type = ""
    save_private(file.stored_at, upload.chunks(CHUNK))
    upload.seek(0)
    file.save(force_insert=True)
    upload.kept_as = file  # type: ignore[attr-defined]
    return True


def _opened(file: KeptFile) -> "UploadedFile[bytes] | None":
    """The file as if it had been sent now; None when its bytes are gone."""
    upload = TemporaryUploadedFile(file.name, file.content_type, file.size, None)
    try:
        for chunk in read_file(file):
            upload.write(chunk)
    except OSError:
        upload.close()
        return None
    upload.seek(0)
    upload.kept_as = file  # type: ignore[attr-defined]
    return upload


def _forget_upload(upload: "UploadedFile[bytes]") -> None:
    kept: KeptFile | None = getattr(upload, "kept_as", None)
    if kept is not None:
        forget_files([kept])
