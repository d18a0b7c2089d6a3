"""Direct sales of a cooperative: recorded, looked at, corrected, cancelled."""
