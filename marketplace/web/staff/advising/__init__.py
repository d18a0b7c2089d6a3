"""The adviser's cooperatives by what each lacks, and the log of visits."""
