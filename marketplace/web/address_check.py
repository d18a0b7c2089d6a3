"""An address typed into a form, checked by the rules of its country."""

from django import forms

from marketplace.core.postal_addresses import BadAddress, PostalAddress, read_address


def check_address(form: forms.Form, address: PostalAddress, names: dict[str, str]) -> PostalAddress:
    """The address as the post writes them; adds an error to each field that is wrong.

    ``names`` are the form's own names of ``line1``, ``city`` and so on. Fields that have an error
    already get no second one.
    """
    try:
        return read_address(address)
    except BadAddress as refused:
        for field, message in refused.errors.items():
            name = names.get(field, field)
            if name not in form.errors:
                form.add_error(name if name in form.fields else None, str(message))
        return address
