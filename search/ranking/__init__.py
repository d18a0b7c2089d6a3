"""The order of hits: ranking rules, sales signals, fairness between cooperatives, evaluation."""
