"""Indicators of market access: sales by region, sector, area and members."""
