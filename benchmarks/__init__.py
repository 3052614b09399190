"""How fast the rooms are. `make bench`, or `python -m benchmarks --help`."""
