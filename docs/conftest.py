"""What pytest is not to collect here: examples of docstrings run where they are written."""

collect_ignore_glob = ["python/*.md"]
