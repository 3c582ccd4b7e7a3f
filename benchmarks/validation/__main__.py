"""placeholder"""
import argparse, sys
from compare import compare
from measure import Limits
from peers import ENGINES
p=argparse.ArgumentParser()
p.add_argument("--triples",default="100000")
p.add_argument("--engines",default=",".join(["memory","disk",*ENGINES]))
p.add_argument("--python",default=sys.executable)
p.add_argument("--shapes",default="core")
o=p.parse_args()
for n in map(int,o.triples.split(",")): compare(n,o.shapes,o.engines.split(","),o.python,Limits())
