"""How the time of each question grows with the data.

Invented data of two sizes go straight into a store in memory, and every
question of the catalogue is asked of both. The last column is the peer: the
time at the larger size over the time at the smaller, divided by the ratio of
the sizes. 1 is linear; what is far above 1 at more than a tenth of a second
grows faster than the data. Run it from the project's root::

    python benchmarks/growth.py [--people 1000] [--times 4]
"""

from __future__ import annotations

import argparse
import time

from invented_people import quads

import comity
from comity_queries import names

VALUES: dict[str, dict[str, str]] = {
    "agencies-by-theme": {"theme": "trade"},
    "agency-profile": {"agency": "agency:3"},
    "agreement-acts": {"agreement": "agreement:3"},
    "agreement-links": {"agreement": "agreement:3"},
    "agreement-status": {"on": "2015-01-01"},
    "agreements-between": {"first": "agency:1", "second": "agency:8"},
    "career": {"person": "person:3"},
    "co-participants": {"person": "person:5"},
    "contacts": {"first": "country:tr", "second": "country:az"},
    "country-timeline": {"first": "country:tr", "second": "country:az"},
    "event-participants": {"event": "event:3"},
    "evidence": {"node": "agreement:3"},
    "find-name": {"name": "person 77"},
    "names": {"node": "person:3"},
    "passage-nodes": {"passage": "passage:document-3/3"},
    "person-profile": {"person": "person:3"},
    "post-holders": {"on": "2010-01-01"},
    "who-met-whom": {"person": "person:5"},
}


def ask_all(people: int) -> tuple[int, dict[str, tuple[int, float]]]:
    """Ask every question; return the number of triples, and rows and seconds by question."""
    with comity.open() as graph:
        graph.store.bulk(quads(people))
        asked: dict[str, tuple[int, float]] = {}
        for name in names():
            start = time.process_time()
            rows = len(graph.run(name, **VALUES.get(name, {})))
            asked[name] = (rows, time.process_time() - start)
        return graph.info().triples, asked


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1000, help="50 or more")
    parser.add_argument("--times", type=int, default=4, help="how much larger the second is")
    options = parser.parse_args()
    small, first = ask_all(options.people)
    large, second = ask_all(options.people * options.times)
    print(f"{small:,} and {large:,} triples, in memory")
    print(f"{'question':<22} {'rows':>9} {'seconds':>9} {'growth':>8}")
    for name, (rows, seconds) in second.items():
        growth = seconds / first[name][1] / (large / small)
        print(f"{name:<22} {rows:>9,} {seconds:>9.2f} {growth:>8.1f}")


if __name__ == "__main__":
    main()
