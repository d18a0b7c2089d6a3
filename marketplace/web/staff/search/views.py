"""Staff pages of search: frequent queries, fairness, synonyms with undo, explanations."""

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
from marketplace.core.versions import version_of
from marketplace.web.numbers import whole_number
from marketplace.web.outcomes import carry_out
from marketplace.web.staff.access import ShopAccess, shop_view
from marketplace.web.staff.search.forms import RuleForm, SynonymsForm
from search import query_log, services
from search.language.synonyms import built_in_synonyms
from search.models import SynonymChange, SynonymGroup
from search.preview import Change, preview_synonyms
from search.ranking.explain import explain_hits
from search.ranking.rules import Rule, ranking_rule

DAYS = 30
MAX_ROWS = 50
GROUPS_ON_A_PAGE = 40
CHANGES_SHOWN = 15


@shop_view("search:read")
@require_GET
def show_searches(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """Frequent queries of thirty days, those that found nothing, and whose listings were shown."""
    since = timezone.localdate() - timedelta(days=DAYS)
    regions = query_log.impressions_by_region(since=since)
    rule = ranking_rule(fresh=True)
    impressions = sum(region.impressions for region in regions) or 1
    context = {
        "access": access,
        "days": DAYS,
        "frequent": query_log.frequent_queries(since=since)[:MAX_ROWS],
        "found_nothing": query_log.frequent_queries(since=since, found_nothing=True)[:MAX_ROWS],
        "regions": [(each, round(100 * each.impressions / impressions)) for each in regions],
        "rule": RuleForm(initial=vars(rule)),
        "version": version_of(vars(rule)),
    }
    return render(request, "staff/search/searches.html", context)


@shop_view("search:set")
@require_POST
def set_rule(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """Set the fairness rule."""
    form = RuleForm(request.POST)
    if form.is_valid():
        version = request.POST.get("version")
        carry_out(
            request,
            lambda: services.set_ranking_rule(
                rule=Rule(**form.cleaned_data), version=version, by=access.by
            ),
            _("The rule applies from now on."),
        )
    else:
        messages.error(
            request, _("Enter whole numbers: at most 24 listings, 365 days, position 24.")
        )
    return redirect("staff:searches", programme=access.programme.slug)


@shop_view("search:read")
@require_GET
def show_why(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """The first hits of a query, each with the reasons for its score."""
    text = request.GET.get("q", "")[:120].strip()
    market = home_market(access.programme.country_codes[0]).code
    language = get_language() or "en"
    explanations = explain_hits(text, language=language, market=market) if text else []
    hits = [
        (each, each.hit.listing.name(language), each.hit.listing.cooperative_name(language))
        for each in explanations
    ]
    return render(request, "staff/search/why.html", {"access": access, "text": text, "hits": hits})


@shop_view("search:set")
@require_http_methods(["GET", "HEAD", "POST"])
def show_synonyms(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """All synonyms; a form that previews a change before it is saved."""
    form = SynonymsForm(request.POST or _requested(request))
    changes = None
    if request.method == "POST" and form.is_valid():
        if "save" in request.POST:
            carry_out(
                request,
                lambda: services.save_synonyms(**form.cleaned_data, by=access.by),
                _("Saved. You can undo this below."),
            )
            return redirect("staff:synonyms", programme=access.programme.slug)
        changes = preview_synonyms(
            form.cleaned_data["phrases"],
            language=get_language() or "en",
            market=home_market(access.programme.country_codes[0]).code,
        )
    return render(request, "staff/search/synonyms.html", _synonyms(request, access, form, changes))


def _synonyms(
    request: HttpRequest, access: ShopAccess, form: SynonymsForm, preview: list[Change] | None
) -> dict[str, object]:
    written = list(SynonymGroup.objects.filter(is_active=True).order_by("-pk"))
    replaced = {group.replaces for group in written}
    built_in = [each for each in built_in_synonyms().values() if each.slug not in replaced]
    return {
        "access": access,
        "form": form if form.is_bound else SynonymsForm(),
        "preview": preview,
        "written": written,
        "groups": Paginator(built_in, GROUPS_ON_A_PAGE).get_page(request.GET.get("page")),
        "changes": SynonymChange.objects.select_related("group")[:CHANGES_SHOWN],
    }


@shop_view("search:set")
@require_POST
def remove(request: HttpRequest, access: ShopAccess, group_id: int) -> HttpResponse:
    """Deactivate a group of synonyms."""
    group = get_object_or_404(SynonymGroup, pk=group_id, is_active=True)
    services.remove_synonyms(group=group, by=access.by)
    messages.success(request, _("Removed. You can undo this below."))
    return redirect("staff:synonyms", programme=access.programme.slug)


@shop_view("search:set")
@require_POST
def undo_change(request: HttpRequest, access: ShopAccess, change_id: int) -> HttpResponse:
    """Restore the state before a change."""
    change = get_object_or_404(SynonymChange, pk=change_id)
    carry_out(request, lambda: services.undo_change(change=change, by=access.by), _("Undone."))
    return redirect("staff:synonyms", programme=access.programme.slug)


def _requested(request: HttpRequest) -> dict[str, object] | None:
    """The group that an address names to be changed, as the form's content."""
    if slug := request.GET.get("replaces", ""):
        known = built_in_synonyms().get(slug)
        return {"phrases": "\n".join(known.phrases), "replaces": slug} if known else None
    number = whole_number(request.GET.get("group", ""))
    group = SynonymGroup.objects.filter(pk=number).first() if number else None
    if group is None:
        return None
    version = version_of(group.phrases)
    return {"phrases": "\n".join(group.phrases), "group": group.pk, "version": version}
