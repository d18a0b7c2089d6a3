"""Forms of reviews for members and staff: answer, report, decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.reviews.models import ReportReason
from marketplace.reviews.services.report import LONGEST_REPORT
from marketplace.reviews.texts import LONGEST
from marketplace.web.message_forms import TextField


class ReviewAnswerForm(forms.Form):
    """The cooperative's public answer."""

    text = TextField(
        label=_("Your answer"),
        longest=LONGEST,
        rows=5,
        help_text=_("Everybody reads it. You can answer once."),
    )


class MemberReportForm(forms.Form):
    """What the cooperative finds wrong with a review."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=ReportReason.choices)
    more = TextField(label=_("Say more"), longest=LONGEST_REPORT, rows=3, required=False)


class HideForm(forms.Form):
    """Why staff hide a review."""

    hiding = TextField(
        label=_("Why is it hidden?"),
        longest=LONGEST,
        rows=3,
        help_text=_("The buyer and the cooperative read this reason."),
    )
