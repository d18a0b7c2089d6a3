"""Whether the service is well: what ``twiza doctor`` finds, for the programme's staff to read."""
