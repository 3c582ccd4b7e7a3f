"""The constraint components of SHACL: each says in SPARQL what breaks it."""
