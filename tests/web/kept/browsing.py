"""A browser in which somebody opens forms and sends them."""

import io

from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.web.kept.every_form import Form, posted_forms
from vendors.models import User


def browser(user: User | None = None, *, strict: bool = False) -> Client:
    client = Client(enforce_csrf_checks=strict)
    client.cookies["twiza_language"] = "en"
    return sign_in(client, user) if user else client


def sign_in(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def open_form(client: Client, page: str) -> Form:
    """The last form of a page: the others are the frame's."""
    return posted_forms(page, client.get(page).content)[-1]


def post(client: Client, form: Form, **typed: object) -> object:
    return client.post(form.action, form.hidden | typed, HTTP_ACCEPT="text/html")


def end_session(client: Client) -> None:
    Session.objects.all().delete()


def text_of(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def picture(name: str, colour: str = "white") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")
