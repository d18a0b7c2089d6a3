"""What market access changed: sales by region, sector, area and members."""
