"""Complaints of buyers as the programme's mediators see and decide them."""
