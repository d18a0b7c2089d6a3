"""Pages about the search: what people look for, fairness, synonyms with undo, reasons."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.markets import home_market
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.search.forms import RuleForm, SynonymsForm
from search import query_log, services
from search.errors import AlreadyUndone
from search.language.synonyms import built_in
from search.models import SynonymChange, SynonymGroup
from search.preview import preview
from search.ranking.explain import explained
from search.ranking.rules import Rule, ranking_rule

DAYS = 30
MOST_ROWS = 50
GROUPS_ON_A_PAGE = 40
CHANGES_SHOWN = 15


@staff_view("listing:moderate")
@require_GET
def show_searches(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """What was searched in thirty days, what found nothing, and whose goods were shown."""
    since = timezone.localdate() - timedelta(days=DAYS)
    shares = query_log.shares(since=since)
    all_shown = sum(share.shown for share in shares) or 1
    context = {
        "access": access,
        "days": DAYS,
        "wanted": query_log.wanted(since=since)[:MOST_ROWS],
        "missed": query_log.wanted(since=since, nothing=True)[:MOST_ROWS],
        "shares": [(share, round(100 * share.shown / all_shown)) for share in shares],
        "rule": RuleForm(initial=vars(ranking_rule(fresh=True))),
    }
    return render(request, "staff/search/searches.html", context)


@staff_view("listing:moderate")
@require_POST
def set_rule(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Set how many listings of a cooperative a page may have, and the chance of new ones."""
    form = RuleForm(request.POST)
    if form.is_valid():
        services.set_ranking_rule(rule=Rule(**form.cleaned_data), by=access.by)
        messages.success(request, _("The rule applies from now on."))
    else:
        messages.error(
            request, _("Enter whole numbers: at most 24 listings, 365 days, position 24.")
        )
    return redirect("staff:searches", programme=access.programme.slug)


@staff_view("listing:moderate")
@require_GET
def show_why(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The first hits of a query, each with the parts of its score."""
    text = request.GET.get("q", "")[:120].strip()
    market = home_market(access.programme.country_codes[0]).code
    language = get_language() or "en"
    reasons = explained(text, language=language, market=market) if text else []
    found = [
        (one, one.hit.listing.name(language), one.hit.listing.cooperative_name(language))
        for one in reasons
    ]
    return render(
        request, "staff/search/why.html", {"access": access, "text": text, "found": found}
    )


@staff_view("listing:moderate")
@require_http_methods(["GET", "HEAD", "POST"])
def show_synonyms(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """All groups; a form that shows what a change would do before it is saved."""
    form = SynonymsForm(request.POST or _asked_for(request))
    before_and_after = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if "save" in request.POST:
            services.save_synonyms(
                phrases=told["phrases"],
                group=told["group"],
                replaces=told["replaces"],
                by=access.by,
            )
            messages.success(request, _("Saved. You can undo this below."))
            return redirect("staff:synonyms", programme=access.programme.slug)
        market = home_market(access.programme.country_codes[0]).code
        before_and_after = preview(told["phrases"], language=get_language() or "en", market=market)
    written = list(SynonymGroup.objects.filter(is_active=True).order_by("-pk"))
    replaced = {group.replaces for group in written}
    groups = [g for g in built_in().values() if g.slug not in replaced]
    context = {
        "access": access,
        "form": form if form.is_bound else SynonymsForm(),
        "preview": before_and_after,
        "written": written,
        "groups": Paginator(groups, GROUPS_ON_A_PAGE).get_page(request.GET.get("page")),
        "changes": SynonymChange.objects.select_related("group")[:CHANGES_SHOWN],
    }
    return render(request, "staff/search/synonyms.html", context)


@staff_view("listing:moderate")
@require_POST
def remove(request: HttpRequest, access: StaffAccess, group_id: int) -> HttpResponse:
    """Let a group of ours no longer count."""
    group = get_object_or_404(SynonymGroup, pk=group_id, is_active=True)
    services.remove_synonyms(group=group, by=access.by)
    messages.success(request, _("Removed. You can undo this below."))
    return redirect("staff:synonyms", programme=access.programme.slug)


@staff_view("listing:moderate")
@require_POST
def undo_change(request: HttpRequest, access: StaffAccess, change_id: int) -> HttpResponse:
    """Put back what stood before a change."""
    change = get_object_or_404(SynonymChange, pk=change_id)
    try:
        services.undo(change=change, by=access.by)
    except AlreadyUndone as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undone."))
    return redirect("staff:synonyms", programme=access.programme.slug)


def _asked_for(request: HttpRequest) -> dict[str, object] | None:
    """The group that an address asks to change, as the form's content."""
    if slug := request.GET.get("replaces", ""):
        known = built_in().get(slug)
        return {"phrases": "\n".join(known.phrases), "replaces": slug} if known else None
    number = request.GET.get("group", "")
    group = SynonymGroup.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    return {"phrases": "\n".join(group.phrases), "group": group.pk} if group else None
