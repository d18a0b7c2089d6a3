"""Moderation: proposals of cooperatives, compared with what buyers see, sent back or approved."""
