"""Filters of the pages of an import."""

from django import template

from marketplace.web.portal.imports.outcomes import outcome_name

register = template.Library()
register.filter("outcome_name", outcome_name)
