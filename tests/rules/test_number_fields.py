"""Digits of every script can be typed into every number field, and amounts have one reader."""

import copy
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django import forms
from django.utils import translation

import marketplace.web
from marketplace.core.amounts import AmbiguousAmount, UnreadableAmount, read_amount
from marketplace.web.amounts import AmountField

ROOT = Path(marketplace.web.__file__).resolve().parents[2]
ROOMS = ("marketplace", "catalog", "vendors", "search")
# A browser swallows what is no Western digit in such a field.
SWALLOWS = re.compile(r"""\btype\s*=\s*\\?["']?number\b|NumberInput|\btype: ?["']number""")
# Says of a field that it is one of money.
MONEY = re.compile(r"amount|price|total|fee|^most$|^(min|max)$")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
COUNTED = {"max_per_cooperative"}


def all_forms() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(marketplace.web.__path__, "marketplace.web."):
        importlib.import_module(module.name)
    return sorted(_below(forms.BaseForm), key=lambda form: f"{form.__module__}.{form.__name__}")


def _below(form: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for below in form.__subclasses__():
        if below.__module__.startswith(("marketplace.", "catalog.", "vendors.", "search.")):
            yield below
        yield from _below(below)


def fields() -> Iterator[tuple[str, str, forms.Field]]:
    for form in all_forms():
        for name, field in getattr(form, "base_fields", {}).items():
            yield f"{form.__module__}.{form.__name__}", name, field


def test_no_page_has_a_field_that_swallows_arabic_digits() -> None:
    files = (
        path
        for room in ROOMS
        for ending in ("html", "py", "js")
        for path in (ROOT / room).rglob(f"*.{ending}")
        if "min.js" not in path.name and "embedded" not in path.parts
    )

    found = [str(p) for p in files if SWALLOWS.search(p.read_text(encoding="utf-8"))]

    assert found == []


def test_no_form_has_a_field_that_swallows_arabic_digits() -> None:
    found = [
        f"{form}.{name}"
        for form, name, field in fields()
        if isinstance(field.widget, forms.NumberInput)
    ]

    assert found == []


def test_every_number_field_takes_arabic_digits() -> None:
    for form, name, field in fields():
        if isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
            typed = str(field.min_value or 2)
            assert field.clean(typed.translate(ARABIC)) == field.clean(typed), f"{form}.{name}"


def test_every_field_of_money_is_read_by_the_one_reader() -> None:
    others = [
        f"{form}.{name}"
        for form, name, field in fields()
        if MONEY.search(name) and name not in COUNTED
        # Nobody types an amount into a box that is ticked.
        if not isinstance(field, AmountField | forms.BooleanField)
    ]
    assert others == []


AMOUNT_FIELDS = {
    f"{form.rpartition('.')[2]}.{name}": field
    for form, name, field in fields()
    if isinstance(field, AmountField)
}
TYPED = [
    "12,50", "12.50", "1 500,00", "1,500", "1.500", "1.234,50", "1,234.50", "١٢٫٥٠", "١٬٢٣٤٫٥٠",
    "٤٥", "١٢,٥٠", "12.50 DH", "45 درهم", "12,50 €", "12.500", "5,5", "1500.00", "1e3", "NaN", "-3",
    "abc", "999999999999", "1\u202f500,00", "\u200e45",
]  # fmt: skip


def test_the_fields_of_money_are_found() -> None:
    assert {
        "ApproveForm.total", "CashLimitForm.most", "DebtForm.amount",
        "PriceFilter.min", "PriceFilter.max",
    } <= set(AMOUNT_FIELDS)  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("currency", ["MAD", "TND", "XOF", "EUR"])
def test_every_field_of_money_reads_what_the_reader_reads(
    typed: str, language: str, currency: str
) -> None:
    for name, declared in AMOUNT_FIELDS.items():
        field = copy.deepcopy(declared)
        field.currency = currency
        with translation.override(language):
            expected = answer(partial(read_amount, typed, currency, language, field.limits))
            assert answer(partial(field.clean, typed)) == expected, name


def answer(read: Callable[[], object]) -> object:
    """What was read, or why nothing was."""
    try:
        return read()
    except forms.ValidationError as refused:
        return " ".join(refused.messages)
    except (AmbiguousAmount, UnreadableAmount) as error:
        return str(error)
